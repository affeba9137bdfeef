"""Static files under names that carry their content's hash, also inside `import` lines of ES modules."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed, cached for ever; a changed module changes the name of every module that imports it."""

    support_js_module_import_aggregation = True
