using System.Collections.Immutable;
using System.Globalization;
using System.IO.Pipelines;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>
/// A history as CSV: a row for each lot that a posting moved, one for a posting without lots, and one for an entry without postings. Columns have a place and a code
/// for ever; new ones come at the end. Their first row says the codes, or their names in the language that was asked for; values are the same in every language but
/// for the last column. Instants have the programme's offset, amounts of money a point.
/// </summary>
internal sealed class StatementCsv(PipeWriter output, Programme programme, Language? language)
{
    private static readonly (string Code, string Fr, string Nl, string En)[] Columns =
    [
        ("version", "Numéro", "Nummer", "Number"),
        ("type", "Écriture", "Boeking", "Entry"),
        ("recorded_at", "Enregistré le", "Geregistreerd op", "Recorded at"),
        ("occurred_at", "Survenu le", "Gebeurd op", "Occurred at"),
        ("receipt", "Ticket", "Kasticket", "Receipt"),
        ("receipt_type", "Type de ticket", "Soort kasticket", "Receipt type"),
        ("event", "Événement", "Gebeurtenis", "Event"),
        ("event_type", "Type d’événement", "Soort gebeurtenis", "Event type"),
        ("subject", "Sujet", "Onderwerp", "Subject"),
        ("treatment", "Traitement", "Behandeling", "Treatment"),
        ("total", "Montant", "Bedrag", "Amount of money"),
        ("currency", "Devise", "Munt", "Currency"),
        ("points", "Points", "Punten", "Points"),
        ("balance", "Solde après", "Saldo erna", "Balance after"),
        ("unit", "Unité", "Eenheid", "Unit"),
        ("posting", "Mouvement", "Beweging", "Posting"),
        ("from", "De", "Van", "From"),
        ("to", "Vers", "Naar", "To"),
        ("amount", "Quantité", "Hoeveelheid", "Amount"),
        ("at", "Date du mouvement", "Datum van de beweging", "Posted at"),
        ("cause", "Pour", "Voor", "For"),
        ("source", "Achat concerné", "Betrokken aankoop", "Purchase concerned"),
        ("reason", "Motif", "Reden", "Reason"),
        ("rule", "Règle", "Regel", "Rule"),
        ("lot_source", "Origine du lot", "Herkomst van het lot", "Origin of the lot"),
        ("lot_amount", "Quantité du lot", "Hoeveelheid van het lot", "Amount of the lot"),
        ("lot_earned_at", "Lot gagné le", "Lot verdiend op", "Lot earned at"),
        ("lot_available_at", "Lot disponible le", "Lot beschikbaar op", "Lot available at"),
        ("lot_expires_on", "Lot valable jusqu’au", "Lot geldig tot en met", "Lot valid through"),
        ("text", "Explication", "Uitleg", "Explanation"),
    ];

    private readonly CsvWriter _row = new(output);

    public void WriteHeader()
    {
        foreach (var column in Columns)
        {
            _row.Text(language switch
            {
                Language.Fr => column.Fr,
                Language.Nl => column.Nl,
                Language.En => column.En,
                _ => column.Code,
            });
        }

        _row.End();
    }

    public void WriteLine(StatementLine line)
    {
        if (line.Postings.IsEmpty) WriteRow(line, null, null);
        foreach (var posting in line.Postings)
        {
            if (posting.Lots.IsEmpty) WriteRow(line, posting, null);
            foreach (var lot in posting.Lots) WriteRow(line, posting, lot);
        }
    }

    private void WriteRow(StatementLine line, LedgerLine? posting, LotTrace? lot)
    {
        _row.Plain(line.Version);
        _row.Text(line.Type);
        _row.Plain(Local(line.RecordedAt));
        _row.Plain(line.OccurredAt is { } occurred ? Local(occurred) : null);
        _row.Text(line.Receipt?.ToString());
        _row.Plain(line.ReceiptType is { } type ? ReceiptWords.Of(type) : null);
        _row.Text(line.Activity?.Key.ToString());
        _row.Plain(line.Activity?.Type is { } kind ? EventWords.Of(kind) : null);
        _row.Text(line.Activity?.Subject);
        _row.Plain(line.Treatment is { } treatment ? ReceiptWords.Of(treatment) : line.Activity is { } activity ? EventWords.Of(activity.Treatment) : null);
        _row.Plain(line.Total is { } total ? programme.InUnits(total).ToString(CultureInfo.InvariantCulture) : null);
        _row.Plain(line.Total is null ? null : programme.Settings.Currency);
        _row.Plain(line.Points);
        _row.Plain(line.Balance);
        _row.Plain(posting?.Unit.Code);
        _row.Plain(posting is null ? null : LedgerJson.Word(posting.Kind.ToString()));
        _row.Plain(posting is null ? null : LedgerJson.Word(posting.From.ToString()));
        _row.Plain(posting is null ? null : LedgerJson.Word(posting.To.ToString()));
        _row.Plain(posting?.Amount);
        _row.Plain(posting is null ? null : Local(posting.At));
        _row.Text(posting?.Cause);
        _row.Text(posting?.Source);
        _row.Text(posting?.Reason);
        _row.Text(posting?.Rule);
        _row.Text(lot?.Source);
        _row.Plain(lot?.Amount);
        _row.Plain(lot is { } earned ? Local(earned.EarnedAt) : null);
        _row.Plain(lot?.AvailableAt is { } available ? Local(available) : null);
        _row.Plain(lot?.ExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        _row.Text(Explanation(posting, line.Why));
        _row.End();
    }

    private string Explanation(LedgerLine? posting, ImmutableArray<AwardSentence> why)
    {
        var rules = posting is { Kind: not (PostingKind.Earned or PostingKind.DebtPaid) } ? [] : why.Select(sentence => language switch
        {
            Language.Nl => sentence.Nl,
            Language.En => sentence.En,
            _ => sentence.Fr,
        });
        return string.Join(' ', posting is null ? rules : rules.Prepend(In(PostingWords.Of(posting.Kind)) + "."));
    }

    private string In(Sentence sentence) => language switch
    {
        Language.Nl => sentence.Nl,
        Language.En => sentence.En,
        _ => sentence.Fr,
    };

    private string Local(DateTimeOffset instant) => programme.Local(instant).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);
}
