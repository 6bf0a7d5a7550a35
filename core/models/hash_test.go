package models

import "github.com/tackleboxdev/tacklebox/internal/passwordcost"

func init() { passwordcost.Lower() }
