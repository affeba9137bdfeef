"""Static files under names that carry their content's hash, also inside `import` lines of ES modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from okr_platform.stylesheet_bundle import bundle

STYLESHEET = "css/main.css"


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed, cached for ever; a changed module changes the name of every module that imports it.

    The main stylesheet is sent as one file, see `stylesheet_bundle`.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run and STYLESHEET in paths:
            self._bundle_stylesheet(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundle_stylesheet(self, paths: dict[str, tuple[Storage, str]]) -> None:
        def read(name: str) -> str:
            storage, path = paths[name if name == STYLESHEET else f"css/{name}"]
            with storage.open(path) as source:
                return source.read().decode()

        text = bundle(read(STYLESHEET), read)
        self.delete(STYLESHEET)
        self.save(STYLESHEET, ContentFile(text.encode()))
        paths[STYLESHEET] = (self, STYLESHEET)
