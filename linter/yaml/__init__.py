"""YAML as Calico's tools read it: positioned nodes, faults instead of exceptions."""
