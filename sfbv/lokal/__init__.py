"""What ``make run`` needs on a machine of its own: embedded servers and the supervisor that minds them."""
