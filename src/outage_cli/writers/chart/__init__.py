"""The chart of states: SVG, Mermaid, and the words and signs that all charts share."""
