"""peerlint: static analysis of Calico BGP manifests."""

__version__ = "0.1.0"
