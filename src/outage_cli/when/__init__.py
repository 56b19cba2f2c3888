"""Words about time become moments and windows, in the only home of pendulum and dateutil."""
