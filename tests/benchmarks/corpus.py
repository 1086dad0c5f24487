#!/usr/bin/env python3
"""Deterministic GitOps tree of sound Calico clusters, to time a linter that sees whole clusters.

    python tests/benchmarks/corpus.py OUT [--docs 10000] [--clusters 40] [--nodes 150] [--faults 0.02] [--seed 7]

Designs alternate: route reflectors, an AS per rack behind ToR routers, full mesh. Names are unique within a cluster,
references resolve, every node has its sessions; a correct linter finds no error but the planted ones.
OUT, which must not exist, gets one folder per cluster and a .peerlint.yaml that declares them. OUT.json says what was
written: documents per kind, bytes, SHA-256, and the planted faults as {path, name, code}.
`--clusters 1 --nodes 5000 --docs 5300` makes one large cluster.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Lines = list[str]

DESIGNS = ("rr", "tor", "mesh")
FAULTS = ("CAL022", "CAL112", "CAL040", "CAL101", "CAL041")
COMMENTS = (
    "# owned by the network team, see the runbook",
    "# two routers per rack, same policy",
    "# from the fabric plan",
)
CALICO = "projectcalico.org/v3"
RBAC = "rbac.authorization.k8s.io"


class Plan(NamedTuple):
    """One cluster to write: how its nodes peer, how many nodes and documents, which share of documents is faulty."""

    design: str
    nodes: int
    documents: int
    faults: float

    @property
    def racks(self) -> int:
        return max(2, self.nodes // 40)

    @property
    def filters(self) -> int:
        return max(2, self.documents // 20)

    @property
    def edge_faults(self) -> float:
        """The share of edge peers, which alone are faulty, that makes up the share of all documents."""
        edges = self.documents - self.nodes - self.filters - 2 * self.racks
        return self.faults * self.documents / max(1, edges)


class File(NamedTuple):
    """The documents that share one file, and the path of that file below OUT."""

    path: str
    documents: list[Lines]


class Fault(NamedTuple):
    """A planted fault: where it is, in which BGPPeer, and the code that a linter reports."""

    path: str
    name: str
    code: str


def manifest(kind: str, name: str, body: Lines, api: str = CALICO, namespace: str = "") -> Lines:
    head = [f"apiVersion: {api}", f"kind: {kind}", "metadata:", f"  name: {name}"]
    return [*head, *([f"  namespace: {namespace}"] if namespace else []), *body]


def cluster(random: Random, plan: Plan) -> tuple[list[Lines], dict[str, str]]:
    """The documents of a cluster, and the codes planted in them by the name of the BGPPeer."""
    pool = f"10.{random.randrange(100, 180)}.0.0/16"
    documents = [*settings(plan.design, pool), *secret(), *(node(number, plan) for number in range(plan.nodes))]
    documents += reflection() if plan.design == "rr" else []
    documents += [bgp_filter(random, number, pool) for number in range(plan.filters)]
    documents += rack_peers(random, plan)
    planted: dict[str, str] = {}
    for number in range(plan.documents - len(documents)):
        lines = edge_peer(random, plan, number)
        if random.random() < plan.edge_faults:
            code = planted[f"edge-{number:04d}"] = FAULTS[len(planted) % len(FAULTS)]
            lines = faulty(lines, code)
        documents.append(lines)
    return documents, planted


def settings(design: str, pool: str) -> Iterator[Lines]:
    configuration = [
        "spec:",
        "  asNumber: 64512",
        f"  nodeToNodeMeshEnabled: {'true' if design == 'mesh' else 'false'}",
        "  listenPort: 179",
        "  serviceClusterIPs:",
        "    - cidr: 10.96.0.0/16",
        "  communities:",
        "    - name: pods",
        '      value: "64512:100"',
        "  prefixAdvertisements:",
        f"    - cidr: {pool}",
        "      communities:",
        "        - pods",
    ]
    yield manifest("BGPConfiguration", "default", configuration)
    addresses = ["spec:", f"  cidr: {pool}", "  ipipMode: CrossSubnet", "  natOutgoing: true", "  nodeSelector: all()"]
    yield manifest("IPPool", "pods", addresses)


def secret() -> Iterator[Lines]:
    """The peers' password, and what lets calico-node read it."""
    data = ["type: Opaque", "stringData:", "  fabric: not-a-real-password"]
    yield manifest("Secret", "bgp-secrets", data, api="v1", namespace="kube-system")
    may = [
        "rules:",
        "  - apiGroups: ['']",
        "    resources: [secrets]",
        "    resourceNames: [bgp-secrets]",
        "    verbs: [get, list, watch]",
    ]
    yield manifest("Role", "bgp-secret-access", may, api=f"{RBAC}/v1", namespace="kube-system")
    who = [
        "roleRef:",
        f"  apiGroup: {RBAC}",
        "  kind: Role",
        "  name: bgp-secret-access",
        "subjects:",
        "  - kind: ServiceAccount",
        "    name: calico-node",
        "    namespace: kube-system",
    ]
    yield manifest("RoleBinding", "bgp-secret-access", who, api=f"{RBAC}/v1", namespace="kube-system")


def node(number: int, plan: Plan) -> Lines:
    rack, name = number % plan.racks, f"node-{number:04d}"
    reflector = plan.design == "rr" and number < 3
    body = [
        "  labels:",
        f"    kubernetes.io/hostname: {name}",
        f"    topology.kubernetes.io/zone: zone-{rack % 3}",
        f"    rack: rack-{rack:03d}",
        *(['    route-reflector: "true"'] if reflector else []),
        "spec:",
        "  bgp:",
        f"    ipv4Address: 10.{rack // 250}.{rack % 250}.{number // plan.racks + 10}/24",
        f"    ipv4IPIPTunnelAddr: 192.{168 + number // 62500}.{number // 250 % 250}.{number % 250}",
        *([f"    asNumber: {64600 + rack}"] if plan.design == "tor" else []),
        *(["    routeReflectorClusterID: 244.0.0.1"] if reflector else []),
        "  orchRefs:",
        f"    - nodeName: {name}",
        "      orchestrator: k8s",
    ]
    return manifest("Node", name, body)


def reflection() -> Iterator[Lines]:
    for name, nodes in (("clients-to-reflectors", '"!has(route-reflector)"'), ("reflectors", "has(route-reflector)")):
        yield manifest("BGPPeer", name, ["spec:", f"  nodeSelector: {nodes}", "  peerSelector: has(route-reflector)"])


def bgp_filter(random: Random, number: int, pool: str) -> Lines:
    rejected = [
        f"    - {{action: Reject, matchOperator: In, cidr: 10.{200 + octet}.{random.randrange(256)}.0/24}}"
        for octet in range(random.randrange(0, 3))
    ]
    body = [
        "spec:",
        "  exportV4:",
        "    - action: Accept",
        "      matchOperator: In",
        f"      cidr: {pool}",
        "      prefixLength: {min: 20, max: 28}",
        *rejected,
        "    - action: Reject",
        "  importV4:",
        "    - action: Accept",
        "      matchOperator: In",
        "      cidr: 172.20.0.0/14",
        "    - action: Reject",
    ]
    return manifest("BGPFilter", f"fabric-{number:03d}", body)


def rack_peers(random: Random, plan: Plan) -> Iterator[Lines]:
    """Two routers for every rack; of racks with reflectors only those peer with them."""
    for rack in range(plan.racks):
        reflectors = " && has(route-reflector)" if plan.design == "rr" and rack < 3 else ""
        scope = f"nodeSelector: rack == 'rack-{rack:03d}'{reflectors}"
        body = [f"  asNumber: {65001 + rack}", "  filters:", f"    - fabric-{rack % plan.filters:03d}"]
        for side in (253, 254):
            address = f"10.{rack // 250}.{rack % 250}.{side}"
            yield peer(random, f"rack-{rack:03d}-{side}", scope, address, body)


def edge_peer(random: Random, plan: Plan, number: int) -> Lines:
    """A router that peers with one node, some of them with a password."""
    scope = f"node: node-{random.randrange(plan.nodes):04d}"
    address = f"172.{16 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
    filters = ["  filters:", f"    - fabric-{number % plan.filters:03d}"]
    password = ["  password:", "    secretKeyRef:", "      name: bgp-secrets", "      key: fabric"]
    body = [f"  asNumber: {65400 + number % 100}", *filters, *(password if random.random() < 0.3 else [])]
    return peer(random, f"edge-{number:04d}", scope, address, body)


def peer(random: Random, name: str, scope: str, address: str, body: Lines) -> Lines:
    restart = ["  maxRestartTime: 120s"] if random.random() < 0.3 else []
    return manifest(
        "BGPPeer", name, ["spec:", f"  {scope}", f"  peerIP: {address}", *body, *restart, "  nextHopMode: Keep"]
    )


def faulty(lines: Lines, code: str) -> Lines:
    """One fault in an edge peer, which leaves the rest of the object readable."""
    if code == "CAL022":
        misspelt = [line.replace("asNumber", "asNumbr") if _is_as_number(line) else line for line in lines]
        return [*misspelt, "  asNumber: 65001"]
    if code == "CAL112":
        return [*lines, "  ttlSecurity: 256"]
    if code == "CAL101":
        return [*lines, "  nodeSelector: all()"]
    written = {"CAL040": "1.10", "CAL041": "AS65001"}[code]
    return [f"  asNumber: {written}" if _is_as_number(line) else line for line in lines]


def _is_as_number(line: str) -> bool:
    return line.startswith("  asNumber:")


def files(random: Random, folder: str, documents: list[Lines]) -> Iterator[File]:
    """The documents spread over files as people do: mostly one in each, some streams of a few, rare ones of dozens."""
    start = number = 0
    while start < len(documents):
        share = random.random()
        count = 1 if share < 0.70 else random.randrange(2, 7) if share < 0.95 else random.randrange(20, 41)
        together = [commented(random, lines) for lines in documents[start : start + count]]
        yield File(f"{folder}/m{number:05d}.yaml", together)
        start, number = start + count, number + 1


def commented(random: Random, lines: Lines) -> Lines:
    return [*lines[:2], random.choice(COMMENTS), *lines[2:]] if random.random() < 0.2 else lines


def faults(written: Iterable[File], planted: dict[str, str]) -> Iterator[Fault]:
    """Where the planted codes ended up, in the order of planting."""
    paths = {name: file.path for file in written for lines in file.documents if (name := _peer_name(lines))}
    return (Fault(paths[name], name, code) for name, code in planted.items())


def _peer_name(lines: Lines) -> str:
    return next(line[8:] for line in lines if line.startswith("  name: ")) if lines[1] == "kind: BGPPeer" else ""


def plans(options: argparse.Namespace) -> Iterator[Plan]:
    """One plan per cluster; several share the documents evenly, and their meshes stay as small as real ones."""
    for number in range(options.clusters):
        design = options.design or DESIGNS[number % 3]
        nodes = min(options.nodes, 80) if design == "mesh" and options.clusters > 1 else options.nodes
        more = number < options.docs % options.clusters
        yield Plan(design, nodes, options.docs // options.clusters + more, options.faults)


def write(out: Path, options: argparse.Namespace) -> dict[str, object]:
    """Write every cluster and the configuration that declares them; answer what OUT.json says."""
    clusters, written, planted = ["clusters:"], list[File](), list[Fault]()
    for number, plan in enumerate(plans(options)):
        random, folder = Random(f"{options.seed}/{number}"), f"c{number:02d}"  # noqa: S311 - repeatable, not secret
        documents, codes = cluster(random, plan)
        of_cluster = list(files(random, folder, documents))
        written += of_cluster
        planted += faults(of_cluster, codes)
        clusters += [f"  {folder}:", f'    paths: ["{folder}/**"]', "    complete: true"]
        (out / folder).mkdir(parents=True)
    sha, size = write_files(out, written)
    (out / ".peerlint.yaml").write_text("\n".join(clusters) + "\n")
    kinds = Counter(lines[1].removeprefix("kind: ") for file in written for lines in file.documents)
    return {
        "documents": kinds.total(),
        "files": len(written),
        "bytes": size,
        "kinds": kinds,
        "sha256": sha,
        "seed": options.seed,
        "faults": [fault._asdict() for fault in planted],
    }


def write_files(out: Path, written: Iterable[File]) -> tuple[str, int]:
    """Write the files; answer the SHA-256 of all their bytes in order, and how many bytes those are."""
    sha, size = hashlib.sha256(), 0
    for path, documents in written:
        data = "---\n".join("\n".join(lines) + "\n" for lines in documents).encode()
        (out / path).write_bytes(data)
        sha.update(data)
        size += len(data)
    return sha.hexdigest(), size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--docs", type=int, default=10_000)
    parser.add_argument("--clusters", type=int, default=40)
    parser.add_argument("--nodes", type=int, default=150)
    parser.add_argument("--faults", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--design", choices=DESIGNS)
    options = parser.parse_args()
    out: Path = options.out
    if out.exists():
        parser.error(f"{out} exists")
    said = write(out, options)
    out.with_name(out.name + ".json").write_text(json.dumps(said, indent=1) + "\n")


if __name__ == "__main__":
    main()
