"""Computers that all want an address at once, written from RFC 2131 alone. Each keeps asking until it has one.

usage: dhcp_storm.py DEVICE COUNT AT_ONCE SECONDS
No more than AT_ONCE ask at the same time; the next one begins when one has its address.
Prints one line of JSON for each address that was given: {"mac", "address", "seconds"}; and at the end {"without": n}.
A mac may be told twice, when the answer came late: what was given counts, not what was kept.
"""

import json
import selectors
import socket
import struct
import sys
import time

device, count, at_once, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 20)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
sock.bind(("0.0.0.0", 68))


def mac_of(number):
    return b"\x02\x77\x00" + struct.pack("!I", number)[1:]


def send(number, kind, options=b""):
    body = struct.pack("!BBBBIHH", 1, 1, 6, 0, number, 0, 0x8000) + bytes(16) + mac_of(number) + bytes(10 + 192)
    message = body + b"\x63\x82\x53\x63" + bytes([53, 1, kind]) + options + b"\xff"
    try:
        sock.sendto(message.ljust(300, b"\0"), ("255.255.255.255", 67))
    except OSError:
        pass  # the queue of the device is full: it asks again


def parse(packet):
    options, at = {}, 240
    while at < len(packet) and packet[at] != 255:
        if packet[at]:
            options[packet[at]] = packet[at + 2 : at + 2 + packet[at + 1]]
            at += 1 + packet[at + 1]
        at += 1
    return options


begin = time.monotonic()
wishes = {}  # number -> what its REQUEST says
again = {number: begin for number in range(1, min(count, at_once) + 1)}
begun = len(again)
selector = selectors.DefaultSelector()
selector.register(sock, selectors.EVENT_READ)
while again and time.monotonic() < begin + seconds:
    now = time.monotonic()
    for number in [number for number, when in again.items() if when <= now][:50]:
        # A request that nobody answers is one to a server that is gone: from the beginning.
        asked = wishes.pop(number, None)
        send(number, 1 if asked is None else 3, asked or b"")
        again[number] = now + 2
    while selector.select(0.005):
        packet = sock.recv(2048)
        number = struct.unpack("!I", packet[4:8])[0]
        if packet[0] != 2 or not 1 <= number <= count or packet[28:34] != mac_of(number):
            continue
        options = parse(packet)
        kind, address = options.get(53, b"\0")[0], packet[16:20]
        if kind == 2 and number in again and number not in wishes:
            wishes[number] = b"\x32\x04" + address + b"\x36\x04" + options[54]
            send(number, 3, wishes[number])
            again[number] = time.monotonic() + 2
        elif kind == 5:
            if again.pop(number, None) and begun < count:
                begun += 1
                again[begun] = time.monotonic()
            told = {"mac": mac_of(number).hex(":"), "address": socket.inet_ntoa(address)}
            print(json.dumps({**told, "seconds": round(time.monotonic() - begin, 3)}), flush=True)
        elif kind == 6:
            wishes.pop(number, None)
            again[number] = time.monotonic()
print(json.dumps({"without": len(again) + count - begun}), flush=True)
