using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>A programme's documents as a marketer reads them.</summary>
internal static class DocumentJson
{
    public static void Answer(HttpContext context, DocumentsOutcome outcome)
    {
        switch (outcome)
        {
            case DocumentsOutcome.Done done:
                JsonAnswer.Write(context, StatusCodes.Status200OK, done, static (writer, done) =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("version"u8, done.Version);
                    writer.WriteBoolean("changed"u8, done.Changed);
                    writer.WriteStartArray("parts"u8);
                    foreach (var part in done.Parts) writer.WriteStringValue(ProgrammeParts.NameOf(part));
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                });
                break;
            case DocumentsOutcome.Refused refused:
                Refuse(context, refused.Errors);
                break;
        }
    }

    public static void Refuse(HttpContext context, ImmutableArray<DocumentError> errors) =>
        ProblemJson.Answer(context, new(ProblemKind.RefusedDocument, $"{errors[0].Field}: {errors[0].Remedy}".TrimStart(':', ' '))
        {
            Errors = [.. errors.Select(error => new FieldError(error.Field, error.Code, error.Remedy))],
        });

    public static void WriteOverview(Utf8JsonWriter writer, DocumentsView view)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, view.Version);
        writer.WriteStartArray("parts"u8);
        foreach (var part in Enum.GetValues<ProgrammePart>())
        {
            writer.WriteStartObject();
            WriteAbout(writer, part, view);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WritePart(Utf8JsonWriter writer, ProgrammePart part, PartView view)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, view.About.Version);
        WriteAbout(writer, part, view.About);
        writer.WriteJson("published"u8, view.Published);
        writer.WriteJson("drafted"u8, view.Draft);
        writer.WriteStartArray("sentences"u8);
        foreach (var sentence in view.Sentences)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer"u8, sentence.Pointer);
            writer.WriteText("text"u8, sentence.Fr, sentence.Nl, sentence.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteRules(Utf8JsonWriter writer, ImmutableArray<RuleView> rules)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("rules"u8);
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, rule.Rule.Rule);
            writer.WriteNumber("version"u8, rule.Rule.Version);
            writer.WriteString("stage"u8, Word(rule.Stage));
            WriteInstant(writer, "publishedAt"u8, rule.PublishedAt);
            WriteInstant(writer, "effectiveFrom"u8, rule.EffectiveFrom);
            WriteInstant(writer, "effectiveUntil"u8, rule.EffectiveUntil);
            writer.WriteText("text"u8, rule.Fr, rule.Nl, rule.En);
            writer.WriteJson("document"u8, rule.Document);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteDiff(Utf8JsonWriter writer, ImmutableArray<DocumentChange> changes)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("same"u8, changes.IsEmpty);
        writer.WriteStartArray("changes"u8);
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer"u8, change.Pointer);
            writer.WriteJson("before"u8, change.Before);
            writer.WriteJson("after"u8, change.After);
            writer.WriteText("text"u8, change.Fr, change.Nl, change.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteValidation(Utf8JsonWriter writer, ImmutableArray<DocumentError> errors)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid"u8, errors.IsEmpty);
        WriteErrors(writer, "errors"u8, errors);
        writer.WriteEndObject();
    }

    public static void WriteErrors(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<DocumentError> errors)
    {
        writer.WriteStartArray(name);
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("field"u8, error.Field);
            writer.WriteString("code"u8, error.Code);
            writer.WriteString("remedy"u8, error.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WritePreview(Utf8JsonWriter writer, DraftPreview preview, Programme programme)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("now"u8);
        ReceiptEndpoints.Write(writer, preview.Now!, programme);
        writer.WritePropertyName("draft"u8);
        ReceiptEndpoints.Write(writer, preview.Draft!, programme);
        writer.WriteNumber("difference"u8, preview.Draft!.Points - preview.Now!.Points);
        writer.WriteEndObject();
    }

    private static void WriteAbout(Utf8JsonWriter writer, ProgrammePart part, DocumentsView view)
    {
        writer.WriteString("part"u8, ProgrammeParts.NameOf(part));
        writer.WriteString("schema"u8, SchemaEndpoints.AddressOf(part));
        writer.WriteStartArray("editions"u8);
        foreach (var edition in view.Editions)
        {
            if (edition.Part != part) continue;
            writer.WriteStartObject();
            writer.WriteNumber("number"u8, edition.Number);
            writer.WriteString("stage"u8, Word(edition.Stage));
            writer.WriteString("by"u8, edition.By);
            WriteInstant(writer, "publishedAt"u8, edition.PublishedAt);
            WriteInstant(writer, "effectiveFrom"u8, edition.EffectiveFrom);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        foreach (var draft in view.Drafts)
        {
            if (draft.Part != part) continue;
            writer.WriteStartObject("draft"u8);
            writer.WriteString("by"u8, draft.By);
            WriteInstant(writer, "savedAt"u8, draft.SavedAt);
            WriteInstant(writer, "validatedAt"u8, draft.ValidatedAt);
            writer.WriteEndObject();
            return;
        }

        writer.WriteNull("draft"u8);
    }

    /// <summary>What holds since ever has no beginning.</summary>
    private static void WriteInstant(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } at && at != DateTimeOffset.MinValue) writer.WriteString(name, at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
        else writer.WriteNull(name);
    }

    private static string Word(RuleStage stage) => stage switch
    {
        RuleStage.Draft => "draft",
        RuleStage.Validated => "validated",
        RuleStage.Scheduled => "scheduled",
        RuleStage.Live => "live",
        _ => "retired",
    };
}
