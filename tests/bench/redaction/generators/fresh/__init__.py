"""The second judge: phrases, speakers and mistakes of its own, by someone who read neither the rules nor the other phrases."""
