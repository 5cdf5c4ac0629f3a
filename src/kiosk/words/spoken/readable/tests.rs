use super::*;

#[test]
fn chinese_is_read_as_a_neighbour_would() {
    for (shown, said) in [
        ("12 号，请到窗口取餐。", "十二号，请到窗口取餐。"),
        ("老年餐 20 元 · 访客 28 元", "老年餐二十元，访客二十八元"),
        ("还剩 83 份 · 外送 10:00 截止", "还剩八十三份，外送十点截止"),
        ("11:00–12:30", "十一点到十二点半"),
        ("11月24日 周二", "十一月二十四日，周二"),
        ("王＊ 您好，账户 126 元", "王，您好，账户一百二十六元"),
        ("外送到家 · 7号楼1203室", "外送到家，七号楼一二零三室"),
        ("账户有 18.50 元", "账户有十八元五角"),
        ("2 份", "两份"),
        ("2 号", "二号"),
        ("值班 → 打印", "值班，打印"),
        (
            "11:00 到 12:30 开饭。\n听到叫号到窗口取餐。",
            "十一点到十二点半开饭。听到叫号到窗口取餐。",
        ),
        ("先找一找，新的一张上面有“可能重复”。", "先找一找，新的一张上面有可能重复。"),
        ("ABCDEF", "A、B、C、D、E、F"),
        ("○ ●●●● ＿ ＿", ""),
        ("尾号 0286", "尾号零二八六"),
        ("㐂䶮", "㐂䶮"),
        ("99999999999", "九九九九九九九九九九九"),
        ("正在看今天的菜单……", "正在看今天的菜单。"),
    ] {
        assert_eq!(readable(Lang::Zh, shown), said, "{shown}");
    }
}

#[test]
fn english_is_read_in_full_words() {
    for (shown, said) in [
        ("No. 37 · ready", "number 37, ready"),
        ("Senior ￥20 · Guest ￥28", "Senior 20 yuan, Guest 28 yuan"),
        ("Lunch is 11:00 to 12:30.", "Lunch is 11 o'clock to 12 30."),
        ("Senior ￥18.50 · Guest ￥28", "Senior 18 yuan 50, Guest 28 yuan"),
        ("from 9:05", "from 9 oh 5"),
        ("Tue 24 Nov", "Tuesday 24 November"),
        ("Bldg 7-1203: last four digits", "building 7, room 1 2 0 3: last four digits"),
        ("Room 1203", "Room 1 2 0 3"),
        ("王＊ · account 126 yuan", "account 126 yuan"),
        ("27 min", "27 minutes"),
        ("18.50 yuan", "18 yuan 50"),
        ("Delivery · ×2", "Delivery, 2 portions"),
        ("press 'Next'. It's done", "press Next. It's done"),
        ("the new one is marked 可能重复.", "the new one is marked."),
        ("ABC", "A, B, C"),
        ("your PIN, then 'OK'", "your pin, then okay"),
        ("Kitchen → stove", "Kitchen, stove"),
        ("Looking …", "Looking."),
    ] {
        assert_eq!(readable(Lang::En, shown), said, "{shown}");
    }
}
