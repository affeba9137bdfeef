# One image for web, worker, beat and migrate; the command decides. Nothing in it runs as root.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/runtime.txt /tmp/runtime.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --require-hashes -r /tmp/runtime.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=okr_platform.settings.production \
    OKR_DATA_DIR=/data \
    OKR_STATIC_DIR=/srv/static \
    HOST=0.0.0.0 \
    PORT=8000
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin okr \
    && install -d -o okr -g okr -m 0750 /data /srv/static
COPY --from=packages /opt/venv /opt/venv
COPY --chown=root:root . /app
WORKDIR /app
USER okr
RUN OKR_SECRET_KEY=only-while-building OKR_TOKEN_PEPPER=only-while-building \
    python manage.py collectstatic --noinput --verbosity 0
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "-c", "python:okr_platform.gunicorn_conf"]
