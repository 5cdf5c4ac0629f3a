//! Names of people who do not exist, as their generation is called.

use super::dice::Dice;

/// Surnames, the common ones first.
const SURNAMES: [&str; 88] = [
    "王", "张", "陈", "李", "朱", "徐", "沈", "顾", "陆", "周", "吴", "黄", "杨", "刘", "赵", "金",
    "施", "唐", "孙", "钱", "胡", "俞", "姚", "蒋", "曹", "汪", "潘", "叶", "林", "马", "许", "谢",
    "高", "何", "郭", "宋", "韩", "董", "程", "袁", "丁", "范", "方", "石", "任", "戴", "夏", "倪",
    "严", "庄", "秦", "邵", "费", "茅", "瞿", "龚", "杜", "傅", "冯", "邱", "江", "薛", "季", "章",
    "康", "乔", "翁", "樊", "奚", "鲍", "褚", "嵇", "计", "乐", "包", "左", "苗", "柏", "毕", "裘",
    "欧阳", "上官", "司徒", "诸葛", "尉迟", "仇", "逄", "禤",
];

const WOMEN: [&str; 66] = [
    "秀英", "桂英", "秀珍", "玉兰", "凤英", "惠芳", "美华", "丽华", "爱珍", "月琴", "兰芳", "慧珍",
    "淑芬", "雅琴", "佩芳", "素珍", "琴芳", "国珍", "宝珍", "根娣", "招娣", "阿妹", "杏娣", "林妹",
    "美娟", "文娟", "玲娣", "惠英", "金妹", "巧云", "彩云", "蓉芳", "芝兰", "静芬", "毓秀", "婉贞",
    "瑞珍", "莲英", "银娣", "菊芳", "梅芳", "桂芬", "亚萍", "建英", "红英", "丽萍", "小妹", "琪华",
    "蕴华", "令仪", "锦华", "幼梅", "学琴", "新妹", "志芳", "德英", "敏", "芳", "萍", "洁", "琴",
    "瑛", "娟", "英", "霞", "蓓",
];

const MEN: [&str; 66] = [
    "建国", "国强", "德明", "根发", "阿根", "志明", "永康", "福生", "金海", "国华", "家骏", "宝根",
    "伯年", "文彬", "学文", "长生", "荣生", "水根", "关林", "兴隆", "维忠", "仁德", "耀明", "鸿发",
    "祖德", "正平", "志豪", "海生", "龙根", "顺发", "锡荣", "宗汉", "炳生", "云龙", "光明", "建中",
    "卫国", "援朝", "跃进", "新民", "解放", "国平", "小弟", "鹤年", "松林", "柏青", "士良", "景福",
    "耕生", "瑞昌", "培德", "克勤", "守仁", "克俭", "大伟", "汉民", "强", "勇", "刚", "毅", "伟",
    "钧", "峰", "涛", "俊", "杰",
];

/// Names with characters that poor fonts and old encodings lack; each is somebody's.
const RARE: [&str; 10] =
    ["㐂秀兰", "王翀", "李䶮", "䶮文英", "朱䒟", "陆堃", "顾喆", "沈㛃芳", "周玥瑢", "吴𬱖"];

/// Every so many people one has a rare name.
const RARE_EVERY: usize = 180;

/// Whom a name is for.
#[derive(Clone, Copy)]
pub(super) enum Who {
    Woman,
    Man,
}

impl Who {
    pub fn of(dice: &mut Dice) -> Self {
        // More than half of the old are women.
        if dice.chance(58) { Who::Woman } else { Who::Man }
    }

    pub fn other(self) -> Self {
        match self {
            Who::Woman => Who::Man,
            Who::Man => Who::Woman,
        }
    }
}

/// A full name.
pub(super) fn full_name(dice: &mut Dice, who: Who) -> String {
    let surname = dice.pick_early(&SURNAMES);
    let given = match who {
        Who::Woman => dice.pick(&WOMEN),
        Who::Man => dice.pick(&MEN),
    };
    format!("{surname}{given}")
}

/// The rare name that the nth person of the list has, if any.
pub(super) fn rare_name(nth: usize) -> Option<&'static str> {
    (nth % RARE_EVERY == 20).then(|| RARE.get(nth / RARE_EVERY).copied()).flatten()
}
