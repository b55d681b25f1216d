"""Floor 3: reads. Every public function takes the one who asks first."""
