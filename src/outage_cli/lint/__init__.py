"""What is wrong or doubtful in a timeline, one module a rule."""
