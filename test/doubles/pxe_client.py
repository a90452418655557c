"""A computer that starts from the network, written from RFC 2131 and PXE 2.1 alone.

usage: pxe_client.py DEVICE ARCHITECTURE [discover|ipxe|boot|relay SERVER]
Prints one line of JSON: what was offered, what the port 4011 says, the address that it has taken.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
import time

XID = b"\x12\x34\x56\x78"


def hardware_of(device):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        # SIOCGIFHWADDR of netdevice(7)
        return fcntl.ioctl(sock, 0x8927, struct.pack("256s", device.encode()))[18:24]


MAC = hardware_of(sys.argv[1])
# Computers have different ones.
UUID = bytes(range(15)) + bytes([(0x0E + MAC[5]) & 255])


def message(kind, architecture, options=b"", giaddr="0.0.0.0", ciaddr="0.0.0.0"):
    vendor = (b"HTTPClient" if architecture >= 15 else b"PXEClient") + b":Arch:%05d:UNDI:003000" % architecture
    body = struct.pack("!BBBB", 1, 1, 6, 0) + XID + struct.pack("!HH", 0, 0x8000)
    body += socket.inet_aton(ciaddr) + bytes(8) + socket.inet_aton(giaddr) + MAC + bytes(10) + bytes(192)
    body += b"\x63\x82\x53\x63" + bytes([53, 1, kind]) + b"\x39\x02\x05\xc0"
    body += bytes([93, 2]) + struct.pack("!H", architecture) + b"\x5e\x03\x01\x03\x00"
    body += b"\x61\x11\x00" + UUID + bytes([60, len(vendor)]) + vendor + b"\x37\x04\x01\x03\x3c\x43"
    return (body + options + b"\xff").ljust(300, b"\0")


def parse(packet):
    assert packet[0] == 2 and packet[4:8] == XID and packet[28:34] == MAC and packet[236:240] == b"\x63\x82\x53\x63"
    options, at = {}, 240
    while packet[at] != 255:
        if packet[at]:
            options[packet[at]] = packet[at + 2 : at + 2 + packet[at + 1]].hex()
            at += 1 + packet[at + 1]
        at += 1
    return {
        "yiaddr": socket.inet_ntoa(packet[16:20]),
        "siaddr": socket.inet_ntoa(packet[20:24]),
        "giaddr": socket.inet_ntoa(packet[24:28]),
        "file": packet[108:236].split(b"\0")[0].decode(),
        "options": options,
    }


def listen(sock, seconds, most):
    """Answers to this client, with the address that they came from."""
    found, end = [], time.monotonic() + seconds
    while len(found) < most and time.monotonic() < end:
        sock.settimeout(max(0.01, end - time.monotonic()))
        try:
            packet, sender = sock.recvfrom(4096)
        except TimeoutError:
            break
        if packet[0] == 2 and packet[4:8] == XID:
            found.append({"from": sender[0], "port": sender[1], **parse(packet)})
    return found


def bound(device, port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
    sock.bind(("0.0.0.0", port))
    return sock


device, architecture, what, *rest = sys.argv[1], int(sys.argv[2]), *sys.argv[3:]
result = {}
if what == "relay":
    own = rest[1]
    sock = bound(device, 67)
    circuit = b"\x52\x05\x01\x03abc"
    sock.sendto(message(1, architecture, circuit, giaddr=own), (rest[0], 67))
    result["offers"] = listen(sock, 4, 1)
else:
    sock = bound(device, 68)
    # iPXE says its name as user class, and has options of its own (175): that it knows HTTP (0x13).
    said = b"\x4d\x04iPXE\xaf\x03\x13\x01\x01" if what == "ipxe" else b""
    sock.sendto(message(1, architecture, said), ("255.255.255.255", 67))
    # dnsmasq looks for the address in the network first, for some 3 seconds.
    result["offers"] = listen(sock, 8 if what == "boot" else 2, 2)
if what == "boot":
    (lease,) = [offer for offer in result["offers"] if offer["yiaddr"] != "0.0.0.0"]
    wanted = b"\x32\x04" + socket.inet_aton(lease["yiaddr"]) + b"\x36\x04" + bytes.fromhex(lease["options"][54])
    sock.sendto(message(3, architecture, wanted), ("255.255.255.255", 67))
    result["acks"] = listen(sock, 2, 9)
    subprocess.run(["ip", "address", "add", lease["yiaddr"] + "/24", "brd", "+", "dev", device], check=True)
    proxies = [offer for offer in result["offers"] if offer["yiaddr"] == "0.0.0.0"]
    if proxies:
        sock.sendto(message(3, architecture, ciaddr=lease["yiaddr"]), (proxies[0]["siaddr"], 4011))
        result["late"] = listen(sock, 4, 1)
print(json.dumps(result))
