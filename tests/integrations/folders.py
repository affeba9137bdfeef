"""Small folders for import tests, written as people write them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from integrations.rules.okr_folder.files import FolderFiles

DATA = Path(__file__).resolve().parent.parent / "data"

CYCLES = """org,cycle,start_date,end_date,dates_basis
Pine,2025-Q4,2025-10-01,2025-12-31,stated
Pine,2026-Q2,2026-04-01,2026-06-30,stated
"""
OBJECTIVES = """org,cycle,objective_id,parent_kind,parent_id,title,description,owner,team,score,outcome_text,colour
Pine,2026-Q2,O1,,,Shelves are never empty,Customers walk out,@maren,Supply,,,green
Pine,2026-Q2,O2,objective,O1,Fewer late lorries,,"@noor, @maren, Head of Supply",Supply,,,
Pine,2025-Q4,O3,key_result,K1,Repairs while you wait,,CEO,,1.2,more than asked,
"""
KEY_RESULTS = """\
org,cycle,kr_id,objective_id,seq,kr_type,title,unit,start_value,target_value,current_value,value_basis,owner,team,\
score,score_basis,status,outcome_text
Pine,2026-Q2,K1,O1,1,,Gaps from 12 to 4,gaps,12,4,,parsed_from_to,@maren,,,,,
Pine,2026-Q2,K2,O1,2,,**Bold** plan,%,,80,,parsed_single_number,,,,,,
Pine,2025-Q4,K3,O3,1,,Two desks open,,,,,none,,,0.7,stated_percent,,70% of them
Pine,2025-Q4,K4,O3,2,milestone,Open the first desk,,,,,none,,Repairs,,,complete,
Pine,2025-Q4,K5,O3,3,,Less waste,,,,,none,,,-0.012,stated_percent,,-1.2%
Pine,2025-Q4,K6,O3,4,,Two numbers 3 and 5,,,,,several_numbers_not_split,TBD,,1.3,stated_percent,,130%
"""
UPDATES = """org,cycle,item_kind,item_id,date,date_basis,author,value,value_max,value_text,status,text
Pine,2026-Q2,key_result,K1,2026-05-01,,@maren,9,,,,Three fewer
Pine,2026-Q2,key_result,K2,2026-05-02,,,16,37,16 of 37,,
Pine,2026-Q2,key_result,K2,2026-05-09,,,15,40,15 of 40,,Scope was added
Pine,2026-Q2,key_result,K2,,column 'Current',,,,Blocked,blocked,
Pine,2026-Q2,objective,O1,2026-05-03,,@noor,2,8,2 of 8 tasks,,"Going on, slowly"
"""


def folder_of(**texts: str) -> FolderFiles:
    """Files by name without ending; what is not named is the small folder's own, "" leaves a table out."""
    tables = {
        "cycles": CYCLES,
        "objectives": OBJECTIVES,
        "key_results": KEY_RESULTS,
        "updates": UPDATES,
        **texts,
    }
    contents = {f"{name}.csv": text.encode() for name, text in tables.items() if text}
    return FolderFiles("pine", contents, ())


def archive_of(files: dict[str, str | bytes]) -> bytes:
    """A zip archive with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return buffer.getvalue()


def write_folder(path: Path, files: FolderFiles) -> Path:
    path.mkdir(exist_ok=True)
    for name, content in files.contents.items():
        (path / name).write_bytes(content)
    return path
