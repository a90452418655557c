"""Changes a hive with python3-hivex: keys, values of several types, and deletions, as another program would."""
import sys

import hivex

h = hivex.Hivex(sys.argv[1], write=True)
root = h.root()
top = h.node_add_child(root, "ByHivex")
for i in range(int(sys.argv[2])):
    child = h.node_add_child(top, "child%d" % i)
    h.node_set_value(child, {"key": "number", "t": 4, "value": i.to_bytes(4, "little")})
    h.node_set_value(child, {"key": "text", "t": 1, "value": ("text %d\0" % i).encode("utf-16-le")})
for i in range(0, int(sys.argv[2]), 3):
    h.node_delete_child(h.node_get_child(top, "child%d" % i))
h.commit(None)
