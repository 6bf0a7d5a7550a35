package mailer_test

import (
	"net/mail"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/mailer"
)

func fakeSendmail(t *testing.T, exit string) (program, output string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script")
	}
	dir := t.TempDir()
	program, output = filepath.Join(dir, "sendmail"), filepath.Join(dir, "out")
	script := "#!/bin/sh\necho \"args: $@\" >" + output + "\ncat >>" + output + "\n" + exit + "\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return program, output
}

func TestSendmail(t *testing.T) {
	t.Parallel()
	program, output := fakeSendmail(t, "exit 0")
	m := testMessage()
	m.To = append(m.To, mail.Address{Address: "second@example.com"})
	if err := (&mailer.Sendmail{Path: program}).Send(m); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"args: to@example.com,second@example.com\n",
		"Subject: =?utf-8?q?V=C3=A9rify?=\r\n",
		"To: to@example.com,second@example.com\r\n",
		"Content-Type: text/html; charset=UTF-8\r\n",
		m.HTML,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestSendmailErrors(t *testing.T) {
	t.Parallel()
	program, _ := fakeSendmail(t, "echo boom >&2; exit 3")
	if err := (&mailer.Sendmail{Path: program}).Send(testMessage()); err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("a failing program: %v", err)
	}
	m := testMessage()
	m.To = nil
	if err := (&mailer.Sendmail{Path: program}).Send(m); err == nil {
		t.Error("no recipient")
	}
}

func TestSendmailRefusesAddresses(t *testing.T) {
	t.Parallel()
	program, output := fakeSendmail(t, "exit 0")
	for _, address := range []string{"", "-oQ/tmp", "to@example.com,other@example.com", "to@example.com\nBcc: other@example.com"} {
		m := testMessage()
		m.To[0].Address = address
		if err := (&mailer.Sendmail{Path: program}).Send(m); err == nil {
			t.Errorf("sends to %q", address)
		}
	}
	if _, err := os.Stat(output); !os.IsNotExist(err) {
		t.Errorf("ran the program: %v", err)
	}
}
