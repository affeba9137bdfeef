"""Messages as mails: HTML and text, one button, one settings link, nothing that counts who reads them."""
