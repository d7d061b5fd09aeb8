"""Honours: calls, nominations, review and public notice; what is granted becomes a fact of the personnel file."""
