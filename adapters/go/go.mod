module ksherproof.dev/adapters/go

go 1.21
