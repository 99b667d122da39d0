//! The crash table: what a killed process leaves, and what the next one makes of it.
