using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;

namespace Gamification.Programmes;

/// <summary>A programme's documents: ask the rules what should happen, make it durable, then show it. Nodes read what was published from the journal.</summary>
internal sealed class DocumentsGrain(IJournal journal, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, BusinessClock clock, TimeProvider time) : Grain, IDocumentsGrain
{
    private ActorId _self;
    private ProgrammeDocuments _documents = ProgrammeDocuments.Empty;
    private long _version;
    private JournalTail _tail;

    private DateTimeOffset Now => clock.Now(_self.Programme) ?? time.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _self = ActorOf(this.GetPrimaryKeyString());
        return Load(cancellationToken);
    }

    /// <summary>The actor whose entries a programme's documents are.</summary>
    public static ActorId ActorOf(string programme) => new(programme, "documents", "all");

    public async Task<DocumentsView> View()
    {
        await Founded();
        return About(edition => true, draft => true);
    }

    public async Task<PartView> Read(ProgrammePart part)
    {
        await Founded();
        var text = _documents.TextOf(part);
        return new()
        {
            Published = text?.Json,
            Draft = _documents.DraftOf(part)?.Text.Json,
            About = About(edition => edition.Part == part, draft => draft.Part == part),
            Sentences = DocumentSentences.Of(part, text, Publishing.SettingsOf(_documents)!),
        };
    }

    public async Task<ImmutableArray<RuleView>> Rules()
    {
        await Founded();
        return DocumentSentences.Views(_documents, Now);
    }

    public Task<DocumentsOutcome> SaveDraft(ProgrammePart part, string? text, string by) => Do(by, command => Publishing.SaveDraft(_documents, part, text, command));

    public Task<DocumentsOutcome> Validate(ProgrammePart part, string by) => Do(by, command => Publishing.Validate(_documents, part, command));

    public Task<DocumentsOutcome> Publish(ProgrammePart part, DateTimeOffset effectiveFrom, string by) => Do(by, command => Publishing.Publish(_documents, part, effectiveFrom, command));

    public Task<DocumentsOutcome> Withdraw(ProgrammePart part, int number, string by) => Do(by, command => Publishing.Withdraw(_documents, part, number, command));

    public Task<DocumentsOutcome> PublishRule(RuleVersionId rule, DateTimeOffset effectiveFrom, DateTimeOffset? effectiveUntil, string by) =>
        Do(by, command => Publishing.PublishRule(_documents, rule, effectiveFrom, effectiveUntil, command));

    public Task<DocumentsOutcome> RetireRule(RuleVersionId rule, DateTimeOffset at, string by) => Do(by, command => Publishing.RetireRule(_documents, rule, at, command));

    public Task<DocumentsOutcome> ImportCatalogue(string csv, DateOnly from, string by) => Do(by, command => Publishing.ImportCatalogue(_documents, csv, from, command));

    public Task<DocumentsOutcome> Import(string document, DateTimeOffset effectiveFrom, string by) => Do(by, command => Publishing.Import(_documents, document, effectiveFrom, command));

    public async Task<string> ExportCatalogue()
    {
        await Founded();
        return GoodsText.ToCsv(GoodsText.ToCatalogue(_documents.TextOf(ProgrammePart.Catalogue)));
    }

    public async Task<string> Export()
    {
        await Founded();
        return WholeDocument.Of(_documents);
    }

    public async Task<DocumentDiff> Diff(string document)
    {
        await Founded();
        var (parts, errors) = WholeDocument.Read(document, Publishing.SettingsOf(_documents));
        return new(errors.IsEmpty ? DocumentDiffs.Of(_documents, parts) : [], errors);
    }

    public Task<DraftPreview> Preview(Receipt receipt, DateTimeOffset receivedAt) => Preview(AccountState.Empty, history: null, receipt, receivedAt);

    public async Task<DraftPreview> PreviewFor(MemberId member, Receipt receipt, DateTimeOffset receivedAt)
    {
        // Only read: what the member's own activation writes meanwhile is not seen, and nothing is disturbed.
        var account = new AccountLedger(ActorId.Member(_self.Programme, member), journal, programmes, clock, snapshots, letGo: () => { });
        await account.Load(CancellationToken.None);
        return await Preview(account.State, await account.WholePast(), receipt, receivedAt);
    }

    private async Task<DraftPreview> Preview(AccountState state, SaleHistory? history, Receipt receipt, DateTimeOffset receivedAt)
    {
        await Founded();
        var standing = new ProgrammeInForce(_documents, _version);
        var (drafted, errors) = DraftRating.Of(standing, receipt.OccurredAt);
        return drafted is null ? new() { Errors = errors } : new() { Now = Rated(standing.At(receipt.OccurredAt)), Draft = Rated(drafted) };

        ReceiptPreview Rated(ProgrammeStretch stretch) => Account.Preview(state, receipt, new()
        {
            // As if no campaign were used up: a draft has given out nothing yet.
            Grants = Grants.Unlimited,
            History = history,
            Settings = stretch.Settings,
            Kind = AccountKind.Member,
            ReceivedAt = receivedAt,
            At = clock.At(_self.Programme, receivedAt, receipt.OccurredAt),
            Scheme = stretch.Scheme is { IsStated: true } scheme ? scheme : null,
        });
    }

    private async Task Load(CancellationToken cancellation)
    {
        var history = await journal.Load(_self, cancellation);
        (_documents, _version) = ProgrammeEntryJson.Fold(history);
        _tail = JournalTail.Of(history);
    }

    /// <summary>A host founds its programmes when it starts; whoever asks first where none did finds what the file states.</summary>
    private async Task Founded()
    {
        if (!_documents.IsFounded) await Record(Publishing.Found(programmes.Stated(_self.Programme), time.GetUtcNow()));
    }

    private async Task<DocumentsOutcome> Do(string by, Func<Command, Publication> rule)
    {
        await Founded();
        var before = _documents;
        var (entry, errors) = rule(new(by, time.GetUtcNow(), Now));
        if (!errors.IsEmpty) return new DocumentsOutcome.Refused(errors);
        if (entry is not null) await Record(entry);
        var parts = Enum.GetValues<ProgrammePart>().Where(part => before.TextOf(part) != _documents.TextOf(part)).ToImmutableArray();
        return entry is ProgrammeEntry.Published or ProgrammeEntry.Withdrawn or ProgrammeEntry.GoodsImported && ReferenceEquals(before, _documents)
            ? new DocumentsOutcome.Refused([new("", "too-late", "The database took more than 10 s, so that the notice would no longer be kept. Nothing takes effect; publish again.")])
            : new DocumentsOutcome.Done(_version, entry is not null, parts);
    }

    private async Task Record(ProgrammeEntry entry)
    {
        var written = ProgrammeEntryJson.Write(entry);
        var tail = _tail.Then([written]);

        // Whether what takes effect came in time is known when it is durable: a snapshot waits for an entry of which that is not asked.
        var isPlain = entry is ProgrammeEntry.Founded or ProgrammeEntry.Drafted or ProgrammeEntry.Validated;
        var snapshot = isPlain && tail.Calls(snapshots) ? (ReadOnlyMemory<byte>?)ProgrammeEntryJson.WriteState(_documents.Apply(entry, entry.At)) : null;
        var append = new Append { Actor = _self, ExpectedVersion = _version, Entries = [written], Snapshot = snapshot };
        AppendOutcome outcome;
        try
        {
            outcome = await journal.Append(append);
        }
        catch
        {
            // Whatever went wrong, the journal knows better than this memory.
            DeactivateOnIdle();
            throw;
        }

        if (outcome is not AppendOutcome.Appended appended)
        {
            await Load(CancellationToken.None);
            if (entry is ProgrammeEntry.Founded && _documents.IsFounded) return;
            throw new JournalUnavailableException("Another activation of these documents wrote first; nothing was written. Ask again.");
        }

        _documents = _documents.Apply(entry, appended.RecordedAt);
        _version = append.NextVersion;
        _tail = tail.After(snapshot);
    }

    private DocumentsView About(Func<Edition, bool> edition, Func<Draft, bool> draft) => new()
    {
        Version = _version,
        Editions =
        [
            .. _documents.Editions.Where(edition).Reverse().OrderBy(one => one.Part).Select(one => new EditionView
            {
                Part = one.Part,
                Number = one.Number,
                Stage = _documents.StageAt(one, Now),
                By = one.By,
                PublishedAt = one.PublishedAt,
                EffectiveFrom = one.From,
            }),
        ],
        Drafts = [.. _documents.Drafts.Where(draft).OrderBy(one => one.Part).Select(one => new DraftView { Part = one.Part, By = one.By, SavedAt = one.SavedAt, ValidatedAt = one.ValidatedAt })],
    };
}
