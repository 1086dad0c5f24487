"""What the pages of the rules about a BGPConfiguration cannot promise: whole messages, the advice, places, fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.examples import ExampleFile, judge
from linter.packs import load

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))


def said(spec: str, name: str = "default", kind: str = "BGPConfiguration", version: str = "3.33") -> list[Diagnostic]:
    text = f"apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    files = [ExampleFile(".peerlint.yaml", f'calicoVersion: "{version}"\n'), ExampleFile("a.yaml", text)]
    return [one for one in judge(files, RULES) if one.at.source.path == "a.yaml"]


def found(code: str, spec: str, name: str = "default", kind: str = "BGPConfiguration") -> Diagnostic:
    (one,) = (one for one in said(spec, name, kind) if one.code == code)
    return one


def places(one: Diagnostic) -> list[tuple[str, str]]:
    return [(label.source[label.span], label.message) for label in (one.at, *one.related)]


def rewritten(one: Diagnostic) -> list[tuple[str, str]]:
    return [(edit.source[edit.span], edit.new_text) for edit in one.fix.edits] if one.fix else []


DEFINED = "communities: [{name: rack, value: '1:2'}, {name: row, value: '1:3'}], "
MANY = "communities: [{name: a, value: '1:2'}, {name: b, value: '1:3'}, {name: c, value: '1:4'}%s], "
LISTED = "prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: [%s]}]"


@pytest.mark.parametrize(
    ("code", "spec", "message", "remedy"),
    [
        (
            "CAL203",
            "{nodeToNodeMeshEnabled: false, nodeMeshMaxRestartTime: 5m}",
            "nodeMeshMaxRestartTime beside 'nodeToNodeMeshEnabled: false': every way of applying rejects the object",
            "remove nodeMeshMaxRestartTime, or switch the mesh on",
        ),
        (
            "CAL205",
            "{" + DEFINED + LISTED % "racks" + "}",
            (
                "racks is neither a community nor the name of one in this object: Calico rejects it, and stored by "
                "kubectl it is silently ignored or, behind Typha, the mesh comes back with AS 64512"
            ),
            "did you mean rack?",
        ),
        ("CAL205", "{" + DEFINED + LISTED % "other" + "}", None, "write rack or row, or the community itself"),
        ("CAL205", "{" + DEFINED + LISTED % "rack, racks" + "}", None, "write row, or the community itself"),
        ("CAL205", "{" + MANY % "" + LISTED % "other" + "}", None, "write a or b or c, or the community itself"),
        (
            "CAL205",
            "{" + MANY % ", {name: d, value: '1:5'}" + LISTED % "other" + "}",
            None,
            "define it in communities, or write it as 64512:120",
        ),
        ("CAL205", "{" + LISTED % "other" + "}", None, "define it in communities, or write it as 64512:120"),
        (
            "CAL206",
            "{communities: [{name: a, value: '1:2'}, {name: a, value: '1:3'}], " + LISTED % "a" + "}",
            "a is defined twice and the first counts: no route gets 1:3 by this name",
            "give it a name of its own, or remove it",
        ),
        (
            "CAL206",
            "{" + DEFINED + LISTED % "rack" + "}",
            "row is used by no advertisement of this object: no route gets it by this name",
            "add row to the communities of an advertisement, or remove it",
        ),
        ("CAL207", "{" + LISTED % "'65536:1'" + "}", None, "write parts up to 65535, or a large community such as "),
        ("CAL207", "{" + LISTED % "'1:1:4294967296'" + "}", None, "write parts up to 4294967295"),
        (
            "CAL207",
            "{communities: [{name: a, value: '65536:1'}]}",
            (
                "'65536:1' has a part above 65535: Calico rejects it, and stored by kubectl it freezes BIRD where an "
                "advertisement uses it or, behind Typha, the mesh comes back with AS 64512"
            ),
            "",
        ),
        ("CAL208", "{serviceClusterIPs: [{}]}", None, "write its cidr, or remove the item"),
        (
            "CAL210",
            "{serviceLoadBalancerAggregation: Disabled, serviceLoadBalancerIPs: [{cidr: 172.16.0.0/12}]}",
            "172.16.0.0/12 is a whole private block: any Service attracts any address in it",
            "list no more than what Services take their addresses from",
        ),
        (
            "CAL210",
            "{serviceClusterIPs: [{cidr: 10.0.0.0/8}]}",
            "10.0.0.0/8 is far wider than Services need: nodes install no route inside it",
            "",
        ),
        (
            "CAL210",
            "{serviceExternalIPs: [{cidr: '::/0'}]}",
            (
                "'::/0' is every address there is: any Service attracts any address in it and nodes install no route "
                "inside it"
            ),
            "",
        ),
        (
            "CAL045",
            "{asNumber: 1.0}",
            "1.0 counts as AS 1, but reads like AS 65536 in dotted notation",
            "write 1 without a fraction, or 65536 if that was meant",
        ),
        ("CAL045", "{asNumber: 63400}", None, "write the AS number that was assigned, or a private one from 64512 "),
        (
            "CAL045",
            "{asNumber: 65535}",
            "65535 is reserved: routers refuse it",
            "write the AS number that was assigned",
        ),
        ("CAL045", "{" + LISTED % "'63400:1'" + "}", None, "begin it with your own AS number"),
        ("CAL053", "{serviceExternalIPs: [{cidr: 10.9.0.1}]}", None, "write 10.9.0.1/32, or the length that was meant"),
        ("CAL053", "{serviceExternalIPs: [{cidr: '::ffff:10.9.0.1'}]}", None, "write it as an IPv4 network"),
        (
            "CAL051",
            "{nodeMeshMaxRestartTime: 2h}",
            "2h is more than 4095 s: it corrupts the graceful restart capability, and neighbours read another time",
            "write at most 4095s; the default is 120s",
        ),
        (
            "CAL051",
            "{nodeMeshMaxRestartTime: -2h}",
            "-2h is negative: it freezes BIRD config, and no later BGP change reaches the nodes",
            "",
        ),
    ],
)
def test_what_is_said(code: str, spec: str, message: str | None, remedy: str) -> None:
    one = found(code, spec)
    assert message is None or one.message == message
    assert one.help.startswith(remedy)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("node-worker-1", "node.worker-1 for one node"),
        ("global", "node.<its name> for one node"),
    ],
)
def test_a_name_near_that_of_a_node(name: str, remedy: str) -> None:
    assert found("CAL201", "{listenPort: 179}", name).help == f"name it default for the whole cluster, or {remedy}"


def test_fields_of_default_are_moved_but_for_the_as_number() -> None:
    number, mode = (found("CAL202", f"{{{field}}}", "node.a") for field in ("asNumber: 64512", "bindMode: NodeIP"))
    assert number.help.startswith("set the node's own AS number in its Node")
    assert mode.help == "move bindMode to the BGPConfiguration named default"
    assert (
        mode.message
        == "bindMode counts in default alone: every check lets it pass in node.a, and it is silently ignored"
    )


def test_the_other_places() -> None:
    mesh = found("CAL203", "{nodeToNodeMeshEnabled: false, nodeMeshPassword: {}}")
    assert places(mesh) == [
        ("nodeMeshPassword", "there is no mesh that could use it"),
        ("false", "switches the mesh off"),
    ]
    emptied = found("CAL204", "{communities: [{name: a, value: '1:1'}], prefixAdvertisements: []}")
    assert places(emptied) == [
        ("communities", "names that nothing uses"),
        ("prefixAdvertisements", "advertises nothing"),
    ]
    assert len(places(found("CAL204", "{communities: [{name: a, value: '1:1'}]}"))) == 1
    near = found("CAL205", "{" + DEFINED + LISTED % "racks" + "}")
    assert places(near) == [("racks", ""), ("rack", "the nearest name")]
    twice = found("CAL206", "{communities: [{name: a, value: '1:2'}, {name: a, value: '1:3'}], " + LISTED % "a" + "}")
    assert places(twice) == [("a", "silently ignored"), ("a", "this one counts")]
    assert twice.at.span.start > twice.related[0].span.start


@pytest.mark.parametrize(
    ("code", "spec", "edits"),
    [
        ("CAL205", "{" + DEFINED + LISTED % "racks" + "}", [("racks", "rack")]),
        ("CAL205", "{" + DEFINED + LISTED % "'racks'" + "}", [("'racks'", "'rack'")]),
        ("CAL205", "{" + DEFINED + LISTED % '"racks"' + "}", [('"racks"', '"rack"')]),
        (
            "CAL205",
            "{communities: [{name: 'true', value: '1:2'}], " + LISTED % "ttrue" + "}",
            [("ttrue", "'true'")],
        ),
        ("CAL205", "{" + DEFINED + LISTED % "rack2" + "}", []),
        ("CAL205", "{" + DEFINED + LISTED % "rack, racks" + "}", []),
        (
            "CAL205",
            "{" + DEFINED + LISTED % "rack]}, {cidr: 10.1.0.0/16, communities: [racks" + "}",
            [("racks", "rack")],
        ),
        ("CAL205", "{" + DEFINED + LISTED % "other" + "}", []),
        ("CAL053", "{serviceExternalIPs: [{cidr: '::ffff:10.9.0.1'}]}", []),
        ("CAL053", "{serviceExternalIPs: [{cidr: 'fd00::1'}]}", [("'fd00::1'", "'fd00::1/128'")]),
        ("CAL213", "{logSeverityScreen: 'Debug'}", [("'Debug'", "'Info'")]),
    ],
)
def test_the_edits(code: str, spec: str, edits: list[tuple[str, str]]) -> None:
    assert rewritten(found(code, spec)) == edits


def test_no_removal_from_a_document_with_aliases() -> None:
    one = found("CAL203", "{nodeToNodeMeshEnabled: &off false, nodeMeshPassword: {}, x: *off}")
    assert one.fix is None


def test_an_item_without_a_range_is_shown_by_its_key_if_it_has_one() -> None:
    assert places(found("CAL208", "{serviceClusterIPs: [{cidr: null}]}")) == [("cidr", "")]
    assert places(found("CAL208", "{serviceClusterIPs: [{}]}")) == [("{}", "")]


def test_an_object_without_a_name_may_be_default() -> None:
    codes = [one.code for one in said("{serviceExternalIPs: [{cidr: 172.217.3.0/24}]}", name="")]
    assert codes == ["CAL024", "CAL211"]


def test_an_empty_range_that_calicoctl_drops() -> None:
    (one,) = said("{serviceClusterIPs: [{cidr: ''}]}")
    assert (one.code, one.message) == (
        "CAL026",
        "'' is not a network: calicoctl takes it for unset, kubectl rejects the object",
    )
    (one,) = said("{prefixAdvertisements: [{cidr: '', communities: ['1:1']}]}")
    assert one.message == "'' is not a network: calicoctl and kubectl reject the object"
    (one,) = said("{serviceClusterIPs: [{cidr: ''}]}", version="3.31")
    assert (one.code, one.severity.value) == ("CAL208", "warning")


def test_the_titles_of_fixes() -> None:
    fixes = [
        found("CAL203", "{nodeToNodeMeshEnabled: false, nodeMeshPassword: {}}").fix,
        found("CAL205", "{" + DEFINED + LISTED % "racks" + "}").fix,
        found("CAL053", "{serviceExternalIPs: [{cidr: 10.9.0.1}]}").fix,
        found("CAL213", "{logSeverityScreen: Debug}").fix,
    ]
    titles = ["remove nodeMeshPassword", "write rack", "write 10.9.0.1/32", "write Info"]
    assert [fix.title for fix in fixes if fix] == titles
