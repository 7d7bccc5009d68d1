using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Documents;

/// <summary>A programme's documents without an actor: what is decided is recorded at once.</summary>
internal sealed class Desk
{
    public static readonly DateTimeOffset Start = Receipts.Noon;

    public Desk(EarningRules? rules = null) => Documents = Documents.Apply(Publishing.Found(Parts(rules ?? Books.Document(Books.Base)), Start), Start);

    public ProgrammeDocuments Documents { get; private set; } = ProgrammeDocuments.Empty;

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>How long the database takes.</summary>
    public TimeSpan CommitTakes { get; set; }

    public EarningRules Rules => PartReading.EarningOf(Documents.TextOf(ProgrammePart.Earning)!.Value);

    private Command Command => new("marketer/TEST", Now, Now);

    public static ImmutableArray<PartText> Parts(EarningRules rules, ProgrammeSettings? settings = null) =>
    [
        new(ProgrammePart.Settings, SettingsText.Of(settings ?? Books.Settings)),
        new(ProgrammePart.Ledger, PartReading.Of(new LedgerSettings())),
        new(ProgrammePart.Earning, PartReading.Of(rules)),
    ];

    public static EarningRule Draft(EarningRule rule, int version = 1) => rule with { Version = version, ValidatedAt = null, PublishedAt = null, EffectiveFrom = null };

    /// <summary>The codes of what is wrong; <c>done</c>, or <c>same</c> when nothing had to be recorded.</summary>
    public string Do(Func<ProgrammeDocuments, Command, Publication> rule)
    {
        var (entry, errors) = rule(Documents, Command);
        if (!errors.IsEmpty) return string.Join(' ', errors.Select(error => error.Code));
        if (entry is null) return "same";
        Documents = Documents.Apply(entry, Now + CommitTakes);
        return "done";
    }

    public string Save(EarningRules rules) => Save(ProgrammePart.Earning, EarningJson.Write(rules));

    public string Save(ProgrammePart part, string? text) => Do((documents, command) => Publishing.SaveDraft(documents, part, text, command));

    public string Validate(ProgrammePart part = ProgrammePart.Earning) => Do((documents, command) => Publishing.Validate(documents, part, command));

    public string Publish(DateTimeOffset from, ProgrammePart part = ProgrammePart.Earning) => Do((documents, command) => Publishing.Publish(documents, part, from, command));

    public string PublishRule(string rule, int version, DateTimeOffset from, DateTimeOffset? until = null) =>
        Do((documents, command) => Publishing.PublishRule(documents, new(rule, version), from, until, command));

    public string RetireRule(string rule, int version, DateTimeOffset at) => Do((documents, command) => Publishing.RetireRule(documents, new(rule, version), at, command));

    public string Withdraw(ProgrammePart part, int number) => Do((documents, command) => Publishing.Withdraw(documents, part, number, command));

    public string Import(string whole, DateTimeOffset from) => Do((documents, command) => Publishing.Import(documents, whole, from, command));

    public string ImportGoods(string csv, DateOnly from) => Do((documents, command) => Publishing.ImportCatalogue(documents, csv, from, command));

    /// <summary>Save, validate and publish in one.</summary>
    public string Put(EarningRules rules, DateTimeOffset from) => (Save(rules), Validate()) is (_, "done" or "same") ? Publish(from) : Validate();
}
