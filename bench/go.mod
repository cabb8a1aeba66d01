module heddle.dev/bench

go 1.26
