# The words of ./run, for the habit: `make test` is `./run test`.

.PHONY: run setup test check fix bench services-test help

run:
	./run

setup test check fix bench services-test help:
	./run $@
