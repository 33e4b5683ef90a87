"""Reads segments with words as JSON from its input and prints them as SRT, written by Whisper's own writer."""

import json
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

# The package itself would load what transcribes.
spec = spec_from_file_location("utils", Path(find_spec("whisper").submodule_search_locations[0]) / "utils.py")
utils = module_from_spec(spec)
spec.loader.exec_module(utils)
options = {"max_line_width": 42, "max_line_count": 2, "highlight_words": False}
utils.WriteSRT(".").write_result({"segments": json.load(sys.stdin)}, file=sys.stdout, options=options)
