from django.db import migrations

NAME = "greenlight_search_words"


def add(apps, schema_editor):
    """Wagtail asks PostgreSQL for words in the title and the body together, and indexes each alone: it would read every row."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON {table(apps)} USING gin ((title || body))")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


def table(apps):
    return apps.get_model("wagtailsearch", "IndexEntry")._meta.db_table


class Migration(migrations.Migration):
    dependencies = [("home", "0005_language_of_mails"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(add, remove)]
