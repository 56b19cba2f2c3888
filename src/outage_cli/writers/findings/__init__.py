"""Problems and verdicts for people, forges and CI."""
