"""Prints what python3-hivex reads of each hive named as an argument: one line of JSON for each.

A key: {"name", "class", "values": [[name, type, hex of the data]], "keys": [...]}.
"""
import json
import sys

import hivex

sys.setrecursionlimit(10000)


def key(h, node):
    values = []
    for value in h.node_values(node):
        kind, data = h.value_value(value)
        values.append([h.value_key(value), kind & 0xFFFFFFFF, data.hex()])
    try:
        class_name = h.node_classname(node)
    except Exception:
        class_name = None
    return {
        "name": h.node_name(node),
        "class": class_name,
        "values": sorted(values),
        "keys": [key(h, child) for child in h.node_children(node)],
    }


for path in sys.argv[1:]:
    h = hivex.Hivex(path)
    print(json.dumps(key(h, h.root())))
