"""Settings: every number declared once, validated into typed, immutable objects."""

from sim.config.settings import Settings, build, declared, defaults

__all__ = ["Settings", "build", "declared", "defaults"]
