# Kommandona för portalen. "make" utan något räknar upp dem. Behöver bara: apt install python3-venv make
.DEFAULT_GOAL := help
PORT ?= 8000
export PORT

PY := .venv/bin/python
MILJO := python3 sfbv/lokal/miljo.py
LOKAL := $(MILJO) --las requirements-lokal.lock
DEV := $(MILJO) --las requirements-dev.lock

.PHONY: help run stop test test-alla lint format bench bench-nu backup restore lock shell

help: ## Räkna upp kommandona
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r namn text; do printf '  make %-11s %s\n' "$$namn" "$$text"; done

run: ## Kör hela portalen här, med egen databas och kö (PORT=8000)
	@exec $(LOKAL) --pdf -- $(PY) -m sfbv.lokal.start

stop: ## Stoppa portalen, också en som lämnats kvar
	@exec $(LOKAL) -- $(PY) -m sfbv.lokal.start --stoppa

# Fil för fil, i den ordning som tests/turordning.py ger: annars tar xdist filerna med flest prov först, och de få långa i
# webbläsare blir kvar sist, på en kärna.
PROV := $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Bytekoden sparas också där miljön säger annat: varje process som proven startar översätter annars hela portalen på nytt.
test test-alla: export PYTHONDONTWRITEBYTECODE =

test: ## Kör proven på riktig PostgreSQL (ARGS="-k ord" väljer)
	@exec $(DEV) --pdf --webblasare -- $(PROV) -m "not lang" $(ARGS)

test-alla: ## Kör alla prov, också de långa
	@exec $(DEV) --pdf --webblasare -- $(PROV) $(ARGS)

lint: ## Granska kod, typer, mallar och migreringar
	$(DEV) -- $(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint templates --lint --quiet
	$(PY) -W ignore manage.py makemigrations --check --dry-run

format: ## Rätta kodens och mallarnas form
	$(DEV) -- $(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format --quiet .

bench: ## Mät alla sidor med 35, 1 000 och 100 000 delprojekt, i en egen databas
	@exec $(LOKAL) -- $(PY) -m sfbv.lokal.stor

bench-nu: ## Mät sidor och PDF mot portalen som är igång (PORT=8000)
	@exec $(LOKAL) --pdf -- $(PY) -m sfbv.lokal.matning

backup: ## Säkerhetskopiera databas och filer (TILL=mapp)
	@exec $(LOKAL) -- $(PY) -m sfbv.lokal.kopia spara "$(or $(TILL),.lokal/kopior)"

restore: ## Återställ en säkerhetskopia (FRAN=mapp)
	@exec $(LOKAL) -- $(PY) -m sfbv.lokal.kopia aterstall "$(FRAN)"

lock: ## Lås om beroendena med hashsummor
	@exec python3 sfbv/lokal/las.py

shell: ## Djangos skal mot portalens databas
	@exec $(LOKAL) -- $(PY) manage.py shell
