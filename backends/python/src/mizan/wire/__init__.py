"""The wire of the protocol (docs/protocol.md, sections 3, 5 and 6), independent of any framework."""
