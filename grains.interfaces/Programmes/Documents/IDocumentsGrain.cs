using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Programmes.Documents;

/// <summary>
/// A programme's documents with all their versions. The key is the programme's id. Every command is durable on return, names who gave it, and
/// may be repeated: what was done by the first is found done by the second. What is published takes effect at least 60 s later (spec §4), so
/// that every node has loaded it by then.
/// </summary>
[Alias("documents")]
public interface IDocumentsGrain : IGrainWithStringKey
{
    [Alias("view")]
    Task<DocumentsView> View();

    [Alias("read")]
    Task<PartView> Read(ProgrammePart part);

    /// <summary>All versions of all earning rules, drafts too: by rule, newest first.</summary>
    [Alias("rules")]
    Task<ImmutableArray<RuleView>> Rules();

    /// <summary>Keeps the text as the part's draft, whatever is wrong with it, as long as it is JSON and at most 4 MB. Null discards the draft.</summary>
    [Alias("save-draft")]
    Task<DocumentsOutcome> SaveDraft(ProgrammePart part, string? text, string by);

    /// <summary>Refused with everything that is wrong with the draft; else it is marked as validated.</summary>
    [Alias("validate")]
    Task<DocumentsOutcome> Validate(ProgrammePart part, string by);

    /// <summary>
    /// Publishes the part's draft. In the earning rules every version that is new takes effect then, unless the draft gives it an instant of its
    /// own; published versions are never changed but in their end.
    /// </summary>
    [Alias("publish")]
    Task<DocumentsOutcome> Publish(ProgrammePart part, DateTimeOffset effectiveFrom, string by);

    /// <summary>Takes back a version that has not begun, 60 s before it would.</summary>
    [Alias("withdraw")]
    Task<DocumentsOutcome> Withdraw(ProgrammePart part, int number, string by);

    /// <summary>Publishes one version of a rule from the draft; the rest of the draft stays a draft.</summary>
    [Alias("publish-rule")]
    Task<DocumentsOutcome> PublishRule(RuleVersionId rule, DateTimeOffset effectiveFrom, DateTimeOffset? effectiveUntil, string by);

    /// <summary>Ends a published version of a rule; one that has not begun never does.</summary>
    [Alias("retire-rule")]
    Task<DocumentsOutcome> RetireRule(RuleVersionId rule, DateTimeOffset at, string by);

    /// <summary>The rows of a CSV file beside those that are there. Rows without a date of their own hold from <paramref name="from"/>, which is after today.</summary>
    [Alias("import-catalogue")]
    Task<DocumentsOutcome> ImportCatalogue(string csv, DateOnly from, string by);

    /// <summary>The catalogue as CSV with all its dates.</summary>
    [Alias("export-catalogue")]
    Task<string> ExportCatalogue();

    /// <summary>The newest published version of every part in one JSON document, as a programme's file has it.</summary>
    [Alias("export")]
    Task<string> Export();

    /// <summary>Publishes, all or nothing, every part that differs from what stands. A part that the document leaves out stays as it is.</summary>
    [Alias("import")]
    Task<DocumentsOutcome> Import(string document, DateTimeOffset effectiveFrom, string by);

    /// <summary>What importing the document would change.</summary>
    [Alias("diff")]
    Task<DocumentDiff> Diff(string document);

    /// <summary>What a basket of somebody without any past would earn now, and if every draft held. Records nothing.</summary>
    [Alias("preview")]
    Task<DraftPreview> Preview(Receipt receipt, DateTimeOffset receivedAt);

    /// <summary>The same for a member as it stands: its tier, segments, caps and first times are its own.</summary>
    [Alias("preview-for")]
    Task<DraftPreview> PreviewFor(MemberId member, Receipt receipt, DateTimeOffset receivedAt);
}
