"""What wall clocks and calendar leaves show, and which instant that is in a zone."""
