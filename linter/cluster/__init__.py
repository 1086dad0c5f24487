"""What the objects of one cluster form together."""
