package core

import "testing"

func TestWithoutSecrets(t *testing.T) {
	t.Parallel()
	tests := []struct{ sql, want string }{
		{"SELECT * FROM posts WHERE title = 'a'", "SELECT * FROM posts WHERE title = 'a'"},
		{"UPDATE `users` SET `passwordHash` = '$2a$12$x', `name` = 'it''s'", "UPDATE `users` SET `passwordHash` = '…', `name` = '…'"},
		{"INSERT INTO `_params` (`value`) VALUES ('{\"secret\":\"x\"}')", "INSERT INTO `_params` (`value`) VALUES ('…')"},
	}
	for _, tt := range tests {
		if got := withoutSecrets(tt.sql); got != tt.want {
			t.Errorf("withoutSecrets(%q) = %q, want %q", tt.sql, got, tt.want)
		}
	}
}
