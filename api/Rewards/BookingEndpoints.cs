using System.Text.Json;
using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>A reward's stock as the staff sees it, and who came to what was booked.</summary>
internal sealed class BookingEndpoints(RewardAnswers answers, IGrainFactory grains)
{
    private static readonly Problem NoSeat = new(ProblemKind.UnknownRedemption, "Nobody has this seat.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<BookingEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/rewards/{reward}/stock", door.For(Operation.ManageBookings, Lane.Others, endpoints.Stock)).WithMetadata(RedemptionDocs.Stock);
        routes.MapPost("/v1/bookings/{booking}/attendance", door.For(Operation.ManageBookings, Lane.Others, endpoints.Attend)).WithMetadata(RedemptionDocs.Attend);
    }

    private async ValueTask Stock(HttpContext context, Caller caller)
    {
        var reward = (string)context.Request.RouteValues["reward"]!;
        var view = await grains.GetGrain<IRewardGrain>($"{caller.Programme}/{reward}").View();
        if (view.Terms is null)
        {
            ProblemJson.Answer(context, new(ProblemKind.UnknownRedemption, "Nobody counts this reward: there is none, or it has no limit."));
            return;
        }

        JsonAnswer.Write(context, StatusCodes.Status200OK, (reward, view), static (writer, answer) =>
        {
            var (reward, view) = answer;
            writer.WriteStartObject();
            writer.WriteString("reward"u8, reward);
            writer.WriteNumber("stock"u8, view.Terms!.Stock);
            writer.WriteNumber("left"u8, view.Left);
            writer.WriteNumber("taken"u8, view.Taken);
            writer.WriteNumber("open"u8, view.Open);
            writer.WriteNumber("waiting"u8, view.Waiting);
            writer.WriteStartArray("booked"u8);
            foreach (var seat in view.Booked) writer.WriteStringValue(seat.ToString());
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask Attend(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var came = document.Flag("came");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var known = Guid.TryParseExact((string)context.Request.RouteValues["booking"]!, "N", out var booking);
        if (!known || await grains.GetGrain<IVoucherDesk>(caller.Programme).HolderOf(new(booking)) is not { } holder) ProblemJson.Answer(context, NoSeat);
        else await answers.Answer(context, caller, await grains.GetGrain<IRewardAccount>(ActorKeys.Member(caller.Programme, holder)).Attend(new(booking), came, caller.Person ?? caller.Id), StatusCodes.Status200OK);
    }
}
