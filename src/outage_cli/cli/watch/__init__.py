"""`--watch`: a command that stays and draws its output again."""
