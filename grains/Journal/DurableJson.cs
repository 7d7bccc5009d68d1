using System.Text.Json.Serialization;
using Gamification.Members;
using Gamification.Rules;
using Gamification.Rules.Ledger;

namespace Gamification.Journal;

/// <summary>
/// The one serializer of durable bytes. It belongs to neither host: UTF-8 JSON, so that an entry can be read with any tool at night.
/// Names here are for ever. A field may be added when its absence reads as a default; none is renamed, retyped or reused.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ReceiptKeyJson), typeof(ReceiptLineJson), typeof(SkuQuantityJson), typeof(TallyRowJson), typeof(MemberIdJson),
        typeof(MemberLedgerJson), typeof(PurseJson), typeof(PostingJson), typeof(EarnedJson), typeof(CapCountJson), typeof(BroughtBackJson),
        typeof(ActivityKeyJson), typeof(ActivityCountJson), typeof(RecognitionMadeJson), typeof(RecognitionStateJson), typeof(SaleMarksJson), typeof(EntitlementIdJson), typeof(ReservationIdJson)])]
[JsonSerializable(typeof(ReturnSettled))]
[JsonSerializable(typeof(SaleAttributed))]
[JsonSerializable(typeof(SaleReleased))]
[JsonSerializable(typeof(MemberEnrolled))]
[JsonSerializable(typeof(RewardHeld))]
[JsonSerializable(typeof(RewardWaiting))]
[JsonSerializable(typeof(RewardOffered))]
[JsonSerializable(typeof(RewardCommitted))]
[JsonSerializable(typeof(RewardAbandoned))]
[JsonSerializable(typeof(RewardUsed))]
[JsonSerializable(typeof(RewardExpired))]
[JsonSerializable(typeof(RewardReturned))]
[JsonSerializable(typeof(GestureTaken))]
[JsonSerializable(typeof(TimePassed))]
[JsonSerializable(typeof(MemberSegmented))]
[JsonSerializable(typeof(ChallengeTaken))]
[JsonSerializable(typeof(PrizeReceived))]
[JsonSerializable(typeof(PrizeTakenBack))]
[JsonSerializable(typeof(MemberLeft))]
[JsonSerializable(typeof(MemberJoined))]
[JsonSerializable(typeof(MemberParted))]
[JsonSerializable(typeof(MemberRevived))]
[JsonSerializable(typeof(RecognitionPosted))]
[JsonSerializable(typeof(ActivityPosted))]
[JsonSerializable(typeof(ActivityRevised))]
[JsonSerializable(typeof(ActivityPaired))]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(MemberLedger))]
[JsonSerializable(typeof(Posting))]
internal sealed partial class DurableJson : JsonSerializerContext;
