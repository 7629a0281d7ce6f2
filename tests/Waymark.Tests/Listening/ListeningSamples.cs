using Waymark.Field;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

/// <summary>Records of this room for the matrix of permissions: each part of a route with one that is there and one that is not.</summary>
internal static class ListeningSamples
{
    public static IEnumerable<(string Part, object There, string Missing)> Of(TestStore store, PlaceKey school)
    {
        var survey = TestSurvey.Open(store);
        var (draft, calls) = TestSurvey.InPreparation(store);
        const string NoSecret = "00000000000000000000000000000000";
        return
        [
            ("/answer/{code}/for/{urn:int}/{secret:length(32)}", $"{survey.Code}/for/{school.Number}/{survey.SecretOf(school)}", $"no-such-survey/for/999998/{NoSecret}"),
            ("/answer/{code}/no-reminders/{secret:length(32)}", $"{survey.Code}/no-reminders/{survey.NoRemindersSecret}", $"no-such-survey/no-reminders/{NoSecret}"),
            ("/answer/{code}/{secret:length(32)}", $"{survey.Code}/{survey.LetterSecret}", $"no-such-survey/{NoSecret}"),
            ("/answer/{code}", survey.Code, "no-such-survey"),
            ("/surveys/findings/{id:int}/clusters/{slug}", "1/clusters/dunstable", "1/clusters/no-such-cluster"),
            ("/surveys/findings/{id:int}", 1, "99999999"),
            ("/surveys/results/{survey}/{question}/{answer}", "parents-2016/help-moves/agreeing", "parents-2016/help-moves/nobody"),
            ("/surveys/{code}/files/{file}", $"{survey.Code}/files/codebook.csv", "no-such-survey/files/codebook.csv"),
            ("/surveys/{code}/interviews/{sheet}", $"{calls}/interviews/new", "no-such-survey/interviews/new"),
            ("/surveys/{code}/interviews", $"{calls}/interviews", "no-such-survey/interviews"),
            ("/surveys/{code}/questions/{question}", $"{draft}/questions/new", "no-such-survey/questions/new"),
            ("/surveys/{code}/results/{format}", "heads-2016/results/csv", "no-such-survey/results/csv"),
            ("/surveys/{code}/texts/{question}", $"{survey.Code}/texts/words", "no-such-survey/texts/words"),
            ("/surveys/{code}/words/{language}", $"{survey.Code}/words/pl", "no-such-survey/words/pl"),
            ("/surveys/{code}", survey.Code, "no-such-survey"),
        ];
    }
}
