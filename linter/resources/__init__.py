"""Tolerant typed views of Calico's and Kubernetes' objects."""
