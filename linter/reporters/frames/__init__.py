"""One diagnostic as text: the lines of the manifest that it is about, marked and explained."""
