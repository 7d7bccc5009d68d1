using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>What became of a redemption, as HTTP says it: with its voucher where a till takes one.</summary>
public sealed class RewardAnswers(ProgrammeDirectory programmes, IGrainFactory grains)
{
    internal static readonly Problem Unknown = new(ProblemKind.UnknownRedemption, "The account has no redemption with this id.");

    internal async ValueTask Answer(HttpContext context, Caller caller, RedeemOutcome outcome, int status, ProblemKind? refused = null)
    {
        switch (outcome)
        {
            case RedeemOutcome.Stands stands:
                var programme = await programmes.Of(caller);
                var voucher = await VoucherOf(caller, stands.Entitlement);
                JsonAnswer.Write(context, stands.Replayed ? StatusCodes.Status200OK : status, (stands, programme, voucher), static (writer, answer) =>
                {
                    writer.WriteStartObject();
                    writer.WriteBoolean("replayed"u8, answer.stands.Replayed);
                    RewardJson.WriteFields(writer, answer.stands.Entitlement, answer.programme, answer.voucher);
                    writer.WriteEndObject();
                });
                break;
            case RedeemOutcome.Conflict:
                ProblemJson.Answer(context, new(ProblemKind.RedemptionConflict, "This id was used for another reward or another number of steps.") { Errors = [new("/id", "id-used", "Give this redemption its own id.")] });
                break;
            case RedeemOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, Refused(refused ?? ProblemKind.RefusedRedemption, refusal));
                break;
            default:
                ProblemJson.Answer(context, Unknown);
                break;
        }
    }

    internal Task<string?> VoucherOf(Caller caller, EntitlementView one) =>
        one.State is EntitlementState.Held or EntitlementState.Ready ? grains.GetGrain<IVoucherDesk>(caller.Programme).Print(one) : Task.FromResult<string?>(null);

    internal static Problem Refused(ProblemKind kind, Refusal refusal) => new(kind, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] };
}
