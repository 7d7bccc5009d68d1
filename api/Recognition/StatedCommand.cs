using System.Globalization;
using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>A command about a member's recognition as it is stated on the wire.</summary>
internal static class StatedCommand
{
    private const int SlugMax = 40;
    private const int TextMax = 200;

    private static readonly string[] Kinds =
    [
        "start-plan", "renew-plan", "fail-plan-payment", "cancel-plan", "refund-plan", "use-perk", "give-badge", "take-badge", "bridge-streaks", "take-vacation",
        "repair-streak", "silence-streak", "judge-fraud", "move-home",
    ];

    /// <summary>Null when the kind is unknown; other faults are the document's.</summary>
    public static (string Id, RecognitionCommand? Command) Read(StrictDocument document, Programme programme)
    {
        var id = document.Text("id", 100);
        var kind = document.Text("kind", SlugMax);
        RecognitionCommand? command = kind switch
        {
            "start-plan" => new StartPlan(document.Text("plan", SlugMax), document.Text("reference", TextMax), Money(document, "amount", programme)),
            "renew-plan" => new RenewPlan(document.Text("plan", SlugMax), document.Text("reference", TextMax), Money(document, "amount", programme)),
            "fail-plan-payment" => new FailPlanPayment(document.Text("plan", SlugMax)),
            "cancel-plan" => new CancelPlan(document.Text("plan", SlugMax)),
            "refund-plan" => new RefundPlan(document.Text("plan", SlugMax), document.Text("reference", TextMax)),
            "use-perk" => new UsePerk(document.Text("plan", SlugMax), Money(document, "worth", programme)),
            "give-badge" => new GiveBadge(document.Text("badge", SlugMax), document.OptionalText("scope", SlugMax) ?? "ever", document.Text("reason", TextMax)),
            "take-badge" => new TakeBadge(new(document.Text("badge", SlugMax), document.OptionalNumber("level", 1, 10) ?? 1, document.OptionalText("scope", SlugMax) ?? "ever"), document.Text("reason", TextMax)),
            "bridge-streaks" => new BridgeStreaks(Date(document, "from"), Date(document, "to"), document.OptionalText("streak", SlugMax)),
            "take-vacation" => new TakeVacation(document.Text("streak", SlugMax), Date(document, "from"), Date(document, "to")),
            "repair-streak" => new RepairStreak(document.Text("streak", SlugMax), Date(document, "date")),
            "silence-streak" => new SilenceStreak(document.Text("streak", SlugMax), document.OptionalFlag("silent") ?? true),
            "judge-fraud" => new JudgeFraud(document.Text("reason", TextMax)),
            "move-home" => new MoveHome(document.Text("zone", SlugMax)),
            _ => null,
        };
        if (command is null) document.Refuse("kind", "unknown-kind", $"Send one of {string.Join(", ", Kinds)}.");
        return (id, command);
    }

    private static long Money(StrictDocument document, string name, Programme programme)
    {
        if (document.OptionalMoney(name, programme) is { } amount) return amount;
        document.Refuse(name, "missing", "This field is required.");
        return 0;
    }

    private static DateOnly Date(StrictDocument document, string name)
    {
        if (DateOnly.TryParseExact(document.Text(name, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        document.Refuse(name, "invalid-date", "Send a date, e.g. 2026-11-30.");
        return default;
    }
}
