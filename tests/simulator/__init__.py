"""Genesys Cloud, simulated: the vendor's own SDK accepts it (tests/integration/test_genesys_sdk_contract.py)."""

from tests.simulator.app import Simulator, SimulatorConfig

__all__ = ["Simulator", "SimulatorConfig"]
