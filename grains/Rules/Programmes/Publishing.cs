using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using NodaTime;

namespace Gamification.Rules.Programmes;

/// <summary>Who commands, and when: by the wall clock, and by the programme's own, which is another in a replay.</summary>
public readonly record struct Command(string By, DateTimeOffset At, DateTimeOffset Now);

/// <summary>What a command comes to: the entry to make durable, none when it was so already, or what is wrong.</summary>
public readonly record struct Publication(ProgrammeEntry? Entry, ImmutableArray<DocumentError> Errors)
{
    public static Publication Nothing { get; } = new(null, []);

    public static implicit operator Publication(ProgrammeEntry entry) => new(entry, []);

    public static implicit operator Publication(DocumentError error) => new(null, [error]);

    public static implicit operator Publication(ImmutableArray<DocumentError> errors) => new(null, errors);
}

/// <summary>
/// What may be done with a programme's documents (spec A2): draft → validated → scheduled → live → retired. Each rule is a pure function of the
/// documents; asking again for what was done finds it done.
/// </summary>
public static class Publishing
{
    private const int EditionsMax = 10_000;

    public static ProgrammeEntry Found(ImmutableArray<PartText> parts, DateTimeOffset at) => new ProgrammeEntry.Founded { By = "file", At = at, Parts = parts };

    public static Publication SaveDraft(ProgrammeDocuments documents, ProgrammePart part, string? text, Command command)
    {
        if (part == ProgrammePart.Catalogue) return new DocumentError("", "no-draft", "The catalogue is imported as CSV, without a draft.");
        var before = documents.DraftOf(part);
        if (text is null) return before is null ? Publication.Nothing : new ProgrammeEntry.Drafted { By = command.By, At = command.At, Part = part };
        if (PartReading.Unkept(text) is { } unkept) return unkept;

        // A draft without fault is kept in its one form, so that saving it again is nothing new.
        var kept = PartReading.Read(part, text, SettingsOf(documents)).Text ?? new DocumentText(text);
        return before?.Text == kept ? Publication.Nothing : new ProgrammeEntry.Drafted { By = command.By, At = command.At, Part = part, Text = kept };
    }

    /// <summary>All that is wrong with the draft; it is tried as if published at the earliest instant.</summary>
    public static Publication Validate(ProgrammeDocuments documents, ProgrammePart part, Command command)
    {
        if (documents.DraftOf(part) is not { } draft) return NoDraft();
        var from = command.Now + EarningRule.Notice;
        var (text, errors) = Next(documents, part, draft.Text.Json, from, command.Now, SettingsOf(documents));
        if (text is not { } next) return errors;
        var fitting = Fitting(documents, new() { By = command.By, At = command.At, Parts = [new(part, next)], From = from }, command.Now);
        if (!fitting.Errors.IsEmpty) return fitting;
        return draft.ValidatedAt is null ? new ProgrammeEntry.Validated { By = command.By, At = command.At, Part = part } : Publication.Nothing;
    }

    public static Publication Publish(ProgrammeDocuments documents, ProgrammePart part, DateTimeOffset from, Command command)
    {
        if (documents.DraftOf(part) is not { } draft) return documents.Newest(part)?.From == from ? Publication.Nothing : NoDraft();
        if (draft.ValidatedAt is null) return new DocumentError("", "not-validated", "Validate the draft first.");
        if (TooSoon(part, from, command.Now) is { } soon) return soon;
        if (Crowded(documents, part, from) is { } crowded) return crowded;
        var (text, errors) = Next(documents, part, draft.Text.Json, from, command.Now, SettingsOf(documents));
        return text is { } next ? Fitting(documents, new() { By = command.By, At = command.At, Parts = [new(part, next)], From = from, Draft = part }, command.Now) : errors;
    }

    public static Publication Withdraw(ProgrammeDocuments documents, ProgrammePart part, int number, Command command)
    {
        if (documents.Editions.FirstOrDefault(edition => edition.Part == part && edition.Number == number) is not { } edition)
            return new DocumentError("/number", "unknown-version", "There is no such version of this part.");
        if (edition.IsWithdrawn) return Publication.Nothing;
        if (ProgrammeDocuments.IsDatedInside(part)) return new DocumentError("/number", "dated-inside", "Rules are retired one by one; rows of the catalogue are followed by newer ones.");
        if (edition.From < command.Now + EarningRule.Notice) return new DocumentError("/number", "begun", "It has begun, or does within 60 s; publish another version to follow it.");
        var entry = new ProgrammeEntry.Withdrawn { By = command.By, At = command.At, Part = part, Number = number };
        var faults = Coherence.Faults(documents.Apply(entry, entry.At), command.Now).ToImmutableArray();
        return faults.IsEmpty ? entry : faults;
    }

    public static Publication PublishRule(ProgrammeDocuments documents, RuleVersionId id, DateTimeOffset from, DateTimeOffset? until, Command command)
    {
        var standing = Standing(documents);
        var known = standing?.Rules.FirstOrDefault(rule => rule.VersionId == id);
        if (known?.PublishedAt is not null && known.EffectiveFrom == from && known.EffectiveUntil == until) return Publication.Nothing;
        if (known?.PublishedAt is not null) return new DocumentError("/version", "already-published", "A published version is never changed; write a new version.");
        if (documents.DraftOf(ProgrammePart.Earning) is not { } draft) return known is null ? Unknown(id) : NoDraft();
        var settings = SettingsOf(documents)!;
        var (text, errors) = PartReading.Read(ProgrammePart.Earning, draft.Text.Json, settings);
        if (text is null) return errors;
        var drafted = PartReading.EarningOf(text.Value);
        if (drafted.Rules.FirstOrDefault(rule => rule.VersionId == id) is not { } rule) return Unknown(id);
        if (draft.ValidatedAt is null) return new DocumentError("/version", "not-validated", "Validate the draft first.");

        // Beside what stands, this version alone, and what it may speak of.
        var next = drafted with { Rules = [.. (standing?.Rules ?? []).Where(other => other.VersionId != id), rule with { EffectiveFrom = from, EffectiveUntil = until }] };
        var (published, faults) = Follow(standing, next, from, command.Now, settings);
        if (published is null) return faults;
        var done = published.Rules.Single(other => other.VersionId == id);
        var rest = drafted with { Rules = [.. drafted.Rules.Select(other => other.VersionId == id ? done : other)] };
        var isAll = rest.Rules.All(other => published.Rules.Any(kept => EarningSuccession.Same(kept, other)));
        var entry = new ProgrammeEntry.Published
        {
            By = command.By,
            At = command.At,
            Parts = [new(ProgrammePart.Earning, PartReading.Of(published))],
            From = from,
            Draft = ProgrammePart.Earning,
            Rest = isAll ? null : PartReading.Of(rest),
        };
        return Fitting(documents, entry, command.Now);
    }

    public static Publication RetireRule(ProgrammeDocuments documents, RuleVersionId id, DateTimeOffset at, Command command)
    {
        if (Standing(documents) is not { } standing || standing.Rules.FirstOrDefault(rule => rule.VersionId == id) is not { } known) return Unknown(id);
        if (known.PublishedAt is not null && known.EffectiveUntil == (at < known.EffectiveFrom ? known.EffectiveFrom : at)) return Publication.Nothing;
        var (rules, refusal) = RuleLifecycle.Retire(standing, id, at, command.Now);
        return rules is null
            ? new DocumentError(refusal!.Field, refusal.Code, refusal.Remedy)
            : new ProgrammeEntry.Published { By = command.By, At = command.At, Parts = [new(ProgrammePart.Earning, PartReading.Of(rules))], From = at };
    }

    public static Publication ImportCatalogue(ProgrammeDocuments documents, string csv, DateOnly from, Command command)
    {
        // Whichever date the notice ends on, no receipt of a later one has been decided yet.
        var zone = DateTimeZoneProviders.Tzdb[SettingsOf(documents)!.TimeZone];
        var first = Instant.FromDateTimeOffset(command.Now + EarningRule.Notice).InZone(zone).Date.PlusDays(1).ToDateOnly();
        if (from < first) return new DocumentError("/from", "too-soon", FormattableString.Invariant($"Give {first:yyyy-MM-dd} or later: every node must have loaded the goods before they count."));
        var (rows, errors) = GoodsText.FromCsv(csv, from, GoodsText.ToCatalogue(documents.TextOf(ProgrammePart.Catalogue)));
        if (rows is not { } fresh) return errors;
        return fresh.Json == "[]" ? Publication.Nothing : new ProgrammeEntry.GoodsImported { By = command.By, At = command.At, Rows = fresh };
    }

    /// <summary>Every part that differs, together or not at all.</summary>
    public static Publication Import(ProgrammeDocuments documents, string whole, DateTimeOffset from, Command command)
    {
        var (stated, errors) = WholeDocument.Read(whole, SettingsOf(documents));
        if (!errors.IsEmpty) return errors;
        var settings = stated.FirstOrDefault(part => part.Part == ProgrammePart.Settings) is { } own ? SettingsText.Parse(own.Text) : SettingsOf(documents)!;
        var parts = ImmutableArray.CreateBuilder<PartText>();
        List<DocumentError> faults = [];
        foreach (var part in stated.Where(part => documents.TextOf(part.Part) != part.Text))
        {
            if (part.Part == ProgrammePart.Catalogue)
            {
                faults.Add(new("/catalogue", "imported-apart", "Goods that differ are imported as CSV with a date; leave the catalogue out here."));
                continue;
            }

            if (TooSoon(part.Part, from, command.Now) is { } soon) return soon;
            if (Crowded(documents, part.Part, from) is { } crowded) return crowded;
            var (next, wrong) = Next(documents, part.Part, part.Text.Json, from, command.Now, settings);
            if (next is { } text && text != documents.TextOf(part.Part)) parts.Add(new(part.Part, text));
            var pointer = part.Part == ProgrammePart.Settings ? "" : $"/{ProgrammeParts.NameOf(part.Part)}";
            faults.AddRange(wrong.Select(fault => fault with { Field = pointer + fault.Field }));
        }

        if (faults.Count > 0) return faults.Take(100).ToImmutableArray();
        return parts.Count == 0 ? Publication.Nothing : Fitting(documents, new() { By = command.By, At = command.At, Parts = parts.DrainToImmutable(), From = from }, command.Now);
    }

    /// <summary>The parts that it makes must fit each other whenever they hold together.</summary>
    private static Publication Fitting(ProgrammeDocuments documents, ProgrammeEntry.Published entry, DateTimeOffset now)
    {
        var faults = Coherence.Faults(documents.Apply(entry, entry.At), now).ToImmutableArray();
        return faults.IsEmpty ? entry : faults;
    }

    internal static ProgrammeSettings? SettingsOf(ProgrammeDocuments documents) => documents.TextOf(ProgrammePart.Settings) is { } text ? SettingsText.Parse(text) : null;

    /// <summary>The text that would follow the newest one.</summary>
    private static (DocumentText? Text, ImmutableArray<DocumentError> Errors) Next(
        ProgrammeDocuments documents, ProgrammePart part, string stated, DateTimeOffset from, DateTimeOffset now, ProgrammeSettings? settings)
    {
        var (text, errors) = PartReading.Read(part, stated, settings);
        if (text is not { } next) return (null, errors);
        if (part == ProgrammePart.Earning)
        {
            var (rules, faults) = Follow(Standing(documents), PartReading.EarningOf(next), from, now, settings!);
            return rules is null ? (null, faults) : (PartReading.Of(rules), []);
        }

        errors = documents.TextOf(part) is { } before ? [.. Succession.Faults(part, before, next)] : [];
        return errors.IsEmpty ? (next, []) : (null, errors);
    }

    private static (EarningRules? Rules, ImmutableArray<DocumentError> Errors) Follow(
        EarningRules? standing, EarningRules next, DateTimeOffset from, DateTimeOffset now, ProgrammeSettings settings) =>
        EarningSuccession.Publish(standing ?? new() { Stacking = next.Stacking, Rules = [] }, next, from, now, settings);

    private static EarningRules? Standing(ProgrammeDocuments documents) => documents.TextOf(ProgrammePart.Earning) is { } text ? PartReading.EarningOf(text) : null;

    private static DocumentError? TooSoon(ProgrammePart part, DateTimeOffset from, DateTimeOffset now) => !ProgrammeDocuments.IsDatedInside(part) && from < now + EarningRule.Notice
        ? new("/effectiveFrom", "too-soon", FormattableString.Invariant($"Give {now + EarningRule.Notice:yyyy-MM-dd'T'HH:mm:ssK} or later: every node must have loaded the version before it holds."))
        : null;

    /// <summary>Versions follow one another in the order of their publication.</summary>
    private static DocumentError? Crowded(ProgrammeDocuments documents, ProgrammePart part, DateTimeOffset from) =>
        !ProgrammeDocuments.IsDatedInside(part) && documents.Newest(part) is { } newest && newest.From >= from
            ? new("/effectiveFrom", "before-a-scheduled-version", "Another version begins later or at the same time; withdraw that one first, or begin after it.")
            : documents.Editions.Length >= EditionsMax ? new("", "too-many-versions", FormattableString.Invariant($"A programme keeps {EditionsMax} versions of its parts.")) : null;

    private static DocumentError NoDraft() => new("", "no-draft", "There is no draft of this part; save one first.");

    private static DocumentError Unknown(RuleVersionId id) => new("/version", "unknown-version", $"There is no {id}, neither published nor in the draft.");
}
