"""The floor: what the database alone needs to build the same documents. PostgreSQL only."""

from __future__ import annotations

OBJECTIVE_LIST = """
WITH mine AS (
    SELECT team_id FROM people_membership WHERE user_id = %(user)s
    UNION SELECT id FROM people_team WHERE lead_id = %(user)s
), page AS (
    SELECT o.*, c.name AS cycle_name, t.name AS team_name, p.name AS owner_name
    FROM objectives_objective o
    JOIN objectives_cycle c ON c.id = o.cycle_id
    LEFT JOIN people_team t ON t.id = o.team_id
    LEFT JOIN people_user p ON p.id = o.owner_id
    WHERE o.deleted_at IS NULL AND o.organisation_id = %(organisation)s AND (
        %(is_administrator)s OR o.visibility = 'organisation' OR o.owner_id = %(user)s OR t.lead_id = %(user)s
        OR (o.visibility = 'team' AND o.team_id IN (SELECT team_id FROM mine))
        OR EXISTS (
            SELECT 1 FROM objectives_objective_contributors x
            WHERE x.objective_id = o.id AND x.user_id = %(user)s
        )
    )
    ORDER BY o.id LIMIT 101
), shown AS (SELECT * FROM page ORDER BY id LIMIT 100),
serving AS (
    SELECT l.child_id, json_agg(json_build_object('id', s.id, 'title', s.title) ORDER BY s.rank, s.id) AS rows
    FROM alignment_alignmentlink l JOIN alignment_strategicpriority s ON s.id = l.priority_id
    WHERE l.child_id IN (SELECT id FROM shown) AND s.organisation_id = %(organisation)s
      AND (%(is_leader)s OR s.state <> 'draft')
    GROUP BY l.child_id
), helping AS (
    SELECT x.objective_id, json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.name, p.id) AS rows
    FROM objectives_objective_contributors x JOIN people_user p ON p.id = x.user_id
    WHERE x.objective_id IN (SELECT id FROM shown)
    GROUP BY x.objective_id
)
SELECT json_build_object(
    'results', (SELECT json_agg(json_build_object(
        'id', o.id, 'url', %(base)s || '/api/v1/objectives/' || o.id || '/', 'title', o.title, 'why', nullif(o.why, ''),
        'kind', o.kind, 'state', o.state, 'visibility', o.visibility,
        'cycle', json_build_object('id', o.cycle_id, 'name', o.cycle_name),
        'team', CASE WHEN o.team_id IS NOT NULL THEN json_build_object('id', o.team_id, 'name', o.team_name) END,
        'owner', CASE WHEN o.owner_id IS NOT NULL THEN json_build_object('id', o.owner_id, 'name', o.owner_name) END,
        'owner_label', nullif(o.owner_label, ''),
        'contributors', coalesce(helping.rows, '[]'::json), 'priorities', coalesce(serving.rows, '[]'::json),
        'progress', trim_scale(o.progress), 'expected', trim_scale(o.expected), 'status', o.status,
        'status_counts', json_build_object(
            'on_track', coalesce((o.status_counts->>'on_track')::int, 0),
            'at_risk', coalesce((o.status_counts->>'at_risk')::int, 0),
            'off_track', coalesce((o.status_counts->>'off_track')::int, 0),
            'achieved', coalesce((o.status_counts->>'achieved')::int, 0),
            'too_early', coalesce((o.status_counts->>'too_early')::int, 0),
            'no_data', coalesce((o.status_counts->>'no_data')::int, 0)),
        'freshness', CASE
            WHEN o.state NOT IN ('active', 'paused') OR o.fresh_until IS NULL THEN NULL
            WHEN %(today)s <= o.fresh_until THEN 'fresh' WHEN %(today)s <= o.due_until THEN 'due'
            WHEN %(today)s <= o.stale_until THEN 'stale' ELSE 'silent' END,
        'confidence_mean', trim_scale(o.confidence_mean), 'score', trim_scale(o.score),
        'suggested_score', trim_scale(coalesce(o.suggested_score, round(o.progress, 2))),
        'key_result_count', o.key_result_count,
        'counts_when_private', o.counts_when_private, 'keeps_us_running', nullif(o.keeps_us_running, ''),
        'external_id', o.external_id,
        'created_at', to_char(date_trunc('milliseconds', o.created_at) AT TIME ZONE 'UTC', %(moment)s),
        'updated_at', to_char(date_trunc('milliseconds', o.updated_at) AT TIME ZONE 'UTC', %(moment)s)
    ) ORDER BY o.id)
        FROM shown o LEFT JOIN serving ON serving.child_id = o.id LEFT JOIN helping ON helping.objective_id = o.id),
    'next', CASE WHEN (SELECT count(*) FROM page) > 100 THEN %(base)s || %(path)s || '&cursor=' || (
        SELECT rtrim(translate(
            encode(convert_to('[0,"' || id || '"]', 'UTF8'), 'base64'), '+/' || chr(10), '-_'), '=')
        FROM shown ORDER BY id DESC LIMIT 1) END,
    'previous', NULL
)::text
"""

STRATEGY = """
WITH shown AS (
    SELECT s.*, p.name AS owner_name FROM alignment_strategicpriority s LEFT JOIN people_user p ON p.id = s.owner_id
    WHERE s.organisation_id = %(organisation)s AND s.state <> 'retired'
), news AS (
    SELECT DISTINCT ON (n.priority_id) n.priority_id, n.text, n.on, p.name
    FROM alignment_prioritynews n LEFT JOIN people_user p ON p.id = n.author_id
    WHERE n.priority_id IN (SELECT id FROM shown) ORDER BY n.priority_id, n.on DESC, n.created_at DESC, n.id DESC
), history AS (
    SELECT subject_id, json_agg(json_build_array("on", progress, confidence_mean) ORDER BY "on") AS rows
    FROM alignment_progresssnapshot
    WHERE organisation_id = %(organisation)s AND cycle_id = %(cycle)s AND subject_type = 'priority' GROUP BY subject_id
), teams AS (
    SELECT l.priority_id, count(DISTINCT o.team_id) AS teams FROM alignment_alignmentlink l
    JOIN objectives_objective o ON o.id = l.child_id
    WHERE l.priority_id IN (SELECT id FROM shown) AND l.kind = 'contributes' AND l.state = 'active'
      AND o.deleted_at IS NULL AND o.state IN ('active', 'paused', 'closed') AND o.cycle_id = %(cycle)s
    GROUP BY l.priority_id
), running AS (
    SELECT k.*, o.title AS objective_title, t.name AS team_name, p.name AS owner_name
    FROM objectives_keyresult k JOIN objectives_objective o ON o.id = k.objective_id
    LEFT JOIN people_team t ON t.id = o.team_id LEFT JOIN people_user p ON p.id = k.owner_id
    WHERE k.organisation_id = %(organisation)s AND o.cycle_id = %(cycle)s AND k.deleted_at IS NULL
      AND o.deleted_at IS NULL AND k.state = 'active' AND o.state = 'active' AND o.visibility = 'organisation'
)
SELECT json_build_object(
    'priorities', (SELECT json_agg(json_build_object(
        'id', s.id, 'title', s.title, 'owner', s.owner_name, 'news', news.text, 'on', news.on, 'author', news.name,
        'progress', g.progress, 'expected', g.expected, 'confidence', g.confidence_mean, 'mean', g.forecast_mean,
        'low', g.forecast_low, 'high', g.forecast_high, 'objectives', g.objective_count,
        'counts', g.status_counts, 'history', history.rows, 'teams', teams.teams) ORDER BY s.rank)
        FROM shown s LEFT JOIN alignment_priorityprogress g ON g.priority_id = s.id AND g.cycle_id = %(cycle)s
        LEFT JOIN news ON news.priority_id = s.id LEFT JOIN history ON history.subject_id = s.id
        LEFT JOIN teams ON teams.priority_id = s.id),
    'misses', (SELECT json_agg(row_to_json(r)) FROM (
        SELECT title, objective_id, team_name, status, forecast_mean, forecast_low, forecast_high FROM running
        WHERE status IN ('at_risk', 'off_track') AND forecast_high < 1 ORDER BY forecast_mean LIMIT 6) r),
    'miss_count', (SELECT count(*) FROM running WHERE status IN ('at_risk', 'off_track') AND forecast_high < 1),
    'quiet', (SELECT json_agg(row_to_json(r)) FROM (
        SELECT title, objective_id, team_name, owner_name, last_heard_on FROM running
        WHERE due_until < %(today)s ORDER BY last_heard_on LIMIT 6) r),
    'quiet_count', (SELECT count(*) FROM running WHERE due_until < %(today)s),
    'unaligned', (SELECT json_agg(row_to_json(r)) FROM (
        SELECT o.id, o.title FROM objectives_objective o
        WHERE o.organisation_id = %(organisation)s AND o.cycle_id = %(cycle)s AND o.deleted_at IS NULL
          AND o.state = 'active' AND o.visibility = 'organisation' AND NOT EXISTS (
              SELECT 1 FROM alignment_alignmentlink l WHERE l.child_id = o.id)
        ORDER BY o.title LIMIT 6) r)
)::text
"""
