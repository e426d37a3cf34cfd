"""What a schedule may say, of a trigger or of a crawler."""
