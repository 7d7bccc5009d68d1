using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gamification.Journal;
using Gamification.Recognition;
using Gamification.Rules.Recognition;

namespace Gamification.Tests.Rules.Recognition;

/// <summary>What is zero or false is left out of the durable form, and has to come back as that.</summary>
public sealed class RecognitionJsonTests
{
    /// <summary>Zero is no day, no streak's length and no version.</summary>
    private static readonly HashSet<string> NeverZero =
    [
        "VipPayment.paidOn", "VipPayment.from", "VipPayment.to", "VipMembership.anchor", "VipMembership.paidUntil", "TierNotice.periodEnd", "TierNotice.keptUntil", "TierNotice.daysBefore",
    ];

    [Fact]
    public void A_notice_from_whom_nothing_is_missing_is_read_again()
    {
        var made = new RecognitionMade
        {
            Changes = [new TierNoticeDue(new() { Tier = "gold", PeriodEnd = new(2027, 1, 1), KeptUntil = new(2027, 1, 31), DaysBefore = 30 }), new PlanTurned("club", default, new(2027, 1, 1))],
        };
        Assert.Equal(made.Changes, Drawn.Reread(made, RecognitionJson.Default.RecognitionMade).Changes);
    }

    /// <summary>An entry that cannot be read again ends its account: nobody may require what may be zero.</summary>
    [Fact]
    public void Nothing_that_may_be_left_out_is_required()
    {
        var (seen, open) = (new HashSet<Type>(), new Queue<Type>([typeof(RecognitionMade), typeof(RecognitionState)]));
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type) || RecognitionJson.Default.GetTypeInfo(type) is not { } info) continue;
            foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? []) open.Enqueue(derived.DerivedType);
            if (info.ElementType is { } element) open.Enqueue(element);
            if (info.Kind != JsonTypeInfoKind.Object) continue;
            foreach (var property in info.Properties)
            {
                open.Enqueue(property.PropertyType);
                var mayBeLeftOut = property.IsRequired && property.PropertyType.IsValueType && property.ShouldSerialize?.Invoke(new(), Activator.CreateInstance(property.PropertyType)) != true;
                Assert.False(mayBeLeftOut && !NeverZero.Contains($"{type.Name}.{property.Name}"), $"{type.Name}.{property.Name} is required, and left out when it is {default(int)}.");
            }
        }

        Assert.Contains(typeof(TierNotice), seen);
    }
}
