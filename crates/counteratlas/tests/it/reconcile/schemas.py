"""Holds messages against the published schemas of the Reconciliation API: `schemas.py FOLDER < messages.jsonl`.

A message is a line {"version", "schema", "message"}. Prints a line for each that its schema refuses, and their number.
Exit code 3 if Python's `jsonschema` is not there.
"""
import json
import sys
from pathlib import Path

try:
    from jsonschema import Draft7Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT7
except ImportError:
    sys.exit(3)

folder = Path(sys.argv[1])
schemas = {}
for path in folder.glob("*/schemas/*.json"):
    schema = json.loads(path.read_text("utf-8"))
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schemas[path.parts[-3], path.stem] = schema
registry = Registry().with_resources((s["$id"], DRAFT7.create_resource(s)) for s in schemas.values() if "$id" in s)
refused = 0
for line in sys.stdin:
    told = json.loads(line)
    validator = Draft7Validator(schemas[told["version"], told["schema"]], registry=registry)
    for error in validator.iter_errors(told["message"]):
        print(told["version"], told["schema"], error.json_path, error.message[:300])
        refused += 1
        break
print(refused, "refused")
