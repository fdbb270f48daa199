# make demo   set up and build the graph of the sample pages
# make test   set up and run every check
# make docs   make the page of the ontology anew
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT := out/demo

.PHONY: demo test docs lint clean

demo: $(VENV)/.installed
	@$(BIN)/confgraph build data/samples -o $(OUT)
	@echo "Which papers evaluate on which dataset? (confgraph query $(OUT) --name evaluated-on)"
	@$(BIN)/confgraph query $(OUT) --name evaluated-on
	@echo "Open $(OUT)/graph.html in a browser."
	@echo "Start the SPARQL endpoint with: $(BIN)/confgraph serve $(OUT)"

test: $(VENV)/.test-installed
	@sh tests/install-tools.sh
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

docs: $(VENV)/.installed
	$(BIN)/python docs/ontology.py

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (a minute or two the first time) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed
	@$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) out
