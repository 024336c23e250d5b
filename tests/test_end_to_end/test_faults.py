"""Which test shows which fault, by the number that it has in what must survive.

 1 killed before a row is claimed       test_due::test_a_kill_at_any_moment_neither_loses_nor_doubles_a_briefing
 2 killed after the claim               test_faults_crashing::test_a_kill_at_any_request_of_its_life_gives_one_message
 3 killed before the socket             test_due::test_a_kill_at_any_moment_neither_loses_nor_doubles_a_briefing
 4 killed before the answer             test_due::test_a_kill_at_any_moment_neither_loses_nor_doubles_a_briefing
 5 killed before the record             test_due::test_a_kill_at_any_moment_neither_loses_nor_doubles_a_briefing
 6 killed after the record              test_due::test_a_kill_at_any_moment_neither_loses_nor_doubles_a_briefing
 7 started again after ten minutes      test_due::test_a_kill_that_was_long_ago_is_settled_by_what_stands_in_the_channel
 8 and the history cannot be read       test_faults_crashing::test_a_kill_that_cannot_be_settled_is_uncertain_told_and_not_posted_again
 9 and a moderator deleted it           test_faults_posting::test_a_message_that_a_moderator_deleted_is_not_posted_again
 9 and its nonce is forgotten since    test_faults_posting::test_a_message_that_a_moderator_deleted_long_ago_is_not_posted_again_but_told
10 killed between parts                 test_faults_crashing::test_a_kill_between_parts_posts_the_rest_and_none_twice
11 HTTP 500 once                        test_faults_posting::test_an_error_before_or_after_the_message_was_made_gives_one_message
11 HTTP 500 five times                  test_faults_posting::test_five_errors_500_after_the_message_was_made_give_one_message
12 HTTP 503                             test_faults_posting::test_an_error_before_or_after_the_message_was_made_gives_one_message
13 connection reset                     test_faults_posting::test_an_error_before_or_after_the_message_was_made_gives_one_message
14 no answer                            test_faults_posting::test_an_answer_that_never_comes_is_given_up_and_gives_one_message
14 given up after 45 s                  test_faults_posting::test_an_answer_that_never_comes_is_given_up_after_45_seconds
15 429 for 5 s                          test_faults_posting::test_a_wait_of_five_seconds_is_waited_in_place
15 429 for an hour                      test_faults_posting::test_a_wait_of_an_hour_puts_the_post_off_and_holds_up_no_other_channel
15 429 for all                          test_faults_posting::test_a_global_wait_is_waited_by_all_and_loses_nothing
16 token revoked                        test_life::test_a_token_that_is_revoked_ends_it_without_a_storm
17 channel refused or gone              test_faults_posting::test_a_refusal_fails_is_told_once_and_pauses_at_once_only_where_the_channel_is_gone
18 a proxy's page of HTML               test_faults_posting::test_a_wait_of_an_hour_puts_the_post_off_and_holds_up_no_other_channel
19 gateway down                         test_faults_crashing::test_a_gateway_that_is_down_keeps_no_briefing_from_being_posted
20 REST down within the grace           test_faults_posting::test_rest_that_is_down_for_two_hours_gives_one_late_post_within_the_grace
20 REST down past the grace             test_faults_posting::test_rest_that_is_down_past_the_grace_gives_a_skipped_row_and_no_post
21 changes of clocks, every zone        briefs/timing/test_zones::test_around_every_change_of_every_zone_each_date_has_exactly_one_due_time
21 times and zones changed by hand      briefs/timing/test_editing::test_each_date_keeps_exactly_one_however_times_and_zones_are_changed
22 the clock jumps                      test_faults_posting::test_a_clock_that_jumps_makes_no_flood_and_stalls_nothing
23 sleep of eight hours                 test_faults_posting::test_eight_hours_of_sleep_give_one_late_post_at_the_first_tick
23 a frozen process                     test_faults_crashing::test_a_frozen_process_posts_late_and_once_when_it_goes_on
24 the loop is blocked                  test_faults_posting::test_a_loop_that_is_blocked_when_something_is_due_posts_it_late
22 and is right again                   bot/deliveries/test_watching::test_a_clock_that_was_set_forward_is_told_and_stalls_nothing_once_it_is_right
25 told to stop while posting           test_due::test_being_told_to_stop_while_posting_lets_the_post_end
25 and the post does not end            test_due::test_a_post_that_does_not_end_in_time_is_settled_at_the_next_start
26 two processes on one file            test_faults_crashing::test_a_second_process_on_the_same_file_refuses_and_the_first_goes_on
27 three processes, killed and frozen   benchmarks/test_soak::test_three_processes_that_are_killed_and_frozen_post_each_briefing_once
27 frozen past its lease at any write   test_faults_sharing::test_a_process_that_is_frozen_before_any_write_posts_nothing_twice
27 killed while it posts                test_faults_sharing::test_what_a_process_was_posting_when_it_was_killed_is_settled_by_another
28 the connection ends at any statement test_faults_sharing::test_a_connection_that_ends_at_any_statement_gives_one_message
28 the server is restarted              test_faults_sharing::test_a_server_that_is_restarted_delays_what_is_due_and_loses_nothing
29 the server may only be read          test_faults_sharing::test_a_server_that_may_only_be_read_is_named_to_users_and_delays_what_is_due
29 a table is locked                    test_faults_sharing::test_a_table_that_is_locked_delays_what_is_due_and_lets_nobody_wait_long
30 the disk is full                     test_faults_crashing::test_a_disk_that_is_full_posts_nothing_until_there_is_room
31 a disk that fails at any write       briefs/store/test_failing_disk::test_a_disk_that_fails_at_any_write_loses_nothing_that_was_acknowledged
31 and at the first start               briefs/store/test_failing_disk::test_a_disk_that_fails_while_a_store_is_made_leaves_nothing_that_stops_the_next_start
32 killed during a migration            briefs/store/test_opening::test_a_migration_that_is_killed_at_any_write_leaves_the_old_schema_or_the_new
33 a backup that fails half-way         briefs/store/test_backups::test_a_backup_that_fails_at_any_write_leaves_the_one_before_it
33 a restore that fails half-way        briefs/store/test_backups::test_a_restore_that_fails_at_any_write_leaves_the_old_store_or_the_new
33 killed while a backup is put back    briefs/store/test_backups::test_a_restore_that_is_killed_leaves_the_old_store_or_the_new
34 damage in the file                   briefs/store/test_backups::test_damage_is_found
34 a flipped text is never shown        briefs/store/test_backups::test_what_was_flipped_in_a_text_is_never_shown_and_named_by_the_doctor
34 the search index drifted             briefs/store/test_backups::test_a_search_index_that_drifted_shows_nothing_wrong_and_is_made_anew
34 the log lost its end                 briefs/store/test_failing_disk::test_a_log_that_lost_its_end_leaves_what_was_before_it
34 the log was deleted                  briefs/store/test_failing_disk::test_a_log_that_was_deleted_leaves_the_store_as_it_was_before_it
35 the database is locked               test_faults_crashing::test_a_database_that_is_locked_posts_nothing_and_says_so_until_it_is_free
41 a backup is restored                 test_faults_crashing::test_a_restored_backup_posts_nothing_old_again
42 the bot is removed from a guild      test_guilds::test_joining_posts_nothing_and_leaving_pauses_what_was_scheduled
42 and in the middle of a run           test_faults_crashing::test_a_server_that_throws_us_out_in_the_middle_of_a_run_is_paused_and_no_other
43 a thousand due in one minute         test_faults_posting::test_a_thousand_schedules_due_in_one_minute_are_all_posted_once
"""  # noqa: E501 - a table

import re
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent


def test_every_test_that_the_table_names_is_there() -> None:
    named = re.findall(r"([\w/]*test_\w+)::(test_\w+)", __doc__ or "")

    assert len(named) > 35
    for module, name in named:
        path = (TESTS if "/" in module else HERE) / f"{module}.py"
        assert f"def {name}(" in path.read_text(encoding="utf-8"), f"{module}::{name}"
